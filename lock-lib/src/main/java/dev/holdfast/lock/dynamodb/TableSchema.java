package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.internal.dynamodb.TableName;

/** What a lock table must have: a partition key, no sort key, and its TTL attribute. */
public final class TableSchema {
  /** The partition key, of type String. There is no sort key. */
  public static final String KEY = "resource_id";

  /** The attribute that DynamoDB's time to live reads: epoch seconds. */
  public static final String TTL = "ttl";

  /** The tag by which a table is known as a lock table, whatever its value. */
  public static final String TAG = "holdfast:lock-table";

  private TableSchema() {}

  /**
   * Refuses what no table can be called by.
   *
   * @param table name or ARN of a table
   * @return the same
   * @throws IllegalArgumentException if it is neither
   */
  public static String requireTableName(String table) {
    return TableName.require(table);
  }
}
