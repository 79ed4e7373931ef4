package dev.holdfast.lock.admin;

/** Whether a table says that it is a lock table. */
public enum TagStatus {
  /** It has the tag. */
  TAGGED,
  /** It does not have it. */
  UNTAGGED,
  /**
   * The server knows no tags, as DynamoDB Local: then a table counts as a lock table that has its
   * key and its time to live. DynamoDB itself never says so.
   */
  TAGS_UNSUPPORTED
}
