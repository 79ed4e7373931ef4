package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.Locks;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Where locks come from. */
public final class DynamoDbLocks {
  private static final Pattern TABLE =
      Pattern.compile(
          "([a-zA-Z0-9_.-]{3,255}|arn:[^:]+:dynamodb:[^:]+:[^:]+:table/[a-zA-Z0-9_.-]+)");

  private DynamoDbLocks() {}

  /**
   * Locks on the rows of one table. Makes no call.
   *
   * @param client used as it is, with its Region, credentials and retries; the caller closes it
   * @param table name or ARN of a table whose key is {@link TableSchema#KEY}
   * @return locks with a lease of 10 s, a wait of 30 s and clocks bounded by 1 s
   * @throws IllegalArgumentException if the table's name is not one
   */
  public static Locks on(DynamoDbClient client, String table) {
    Objects.requireNonNull(client, "client");
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "table must be a name of 3 to 255 letters, digits, '_', '-' and '.', or the ARN of a"
              + " table, got '"
              + table
              + "'");
    }
    return Locks.on(new DynamoDbTable(client, table));
  }
}
