package dev.holdfast.lock.admin;

/** Status of the tag that marks lock tables. */
public enum TagStatus {
  /** The table has the tag. */
  TAGGED,
  /** The table does not have the tag. */
  UNTAGGED,
  /**
   * The server does not support tags, as DynamoDB Local. A table with the key of a lock table then
   * counts as one. DynamoDB itself always supports tags.
   */
  TAGS_UNSUPPORTED
}
