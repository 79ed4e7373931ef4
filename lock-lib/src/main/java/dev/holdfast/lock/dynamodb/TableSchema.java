package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.internal.text.LogText;
import java.util.Objects;
import java.util.regex.Pattern;

/** Schema of a lock table: a partition key, no sort key, and the attribute of its time to live. */
public final class TableSchema {
  /** Name of the partition key, of type String. There is no sort key. */
  public static final String KEY = "resource_id";

  /** Name of the attribute that DynamoDB's time to live reads, in epoch seconds. */
  public static final String TTL = "ttl";

  /** Key of the tag that marks a table as a lock table. The tag's value has no meaning. */
  public static final String TAG = "holdfast:lock-table";

  private static final Pattern NAME_OR_ARN =
      Pattern.compile(
          "([a-zA-Z0-9_.-]{3,255}|arn:[\\w-]+:dynamodb:[\\w-]+:[\\w-]+:table/[a-zA-Z0-9_.-]+)");

  private TableSchema() {}

  /**
   * Checks the name of a table.
   *
   * @param table name or ARN of a table
   * @return the same name or ARN
   * @throws IllegalArgumentException if it is neither
   */
  public static String requireTableName(String table) {
    Objects.requireNonNull(table, "table");
    if (!NAME_OR_ARN.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "table must be a name of 3 to 255 letters, digits, '_', '-' and '.', or the ARN of a"
              + " table, got "
              + LogText.quote(table));
    }
    return table;
  }
}
