package dev.holdfast.lock.dynamodb;

/** What a lock table must have: a partition key, no sort key, and its TTL attribute. */
public final class TableSchema {
  /** The partition key, of type String. There is no sort key. */
  public static final String KEY = "resource_id";

  /** The attribute that DynamoDB's time to live reads: epoch seconds. */
  public static final String TTL = "ttl";

  private TableSchema() {}
}
