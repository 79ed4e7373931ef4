package dev.holdfast.lock.internal.dynamodb;

import java.util.regex.Pattern;

/** What a table may be called by. */
public final class TableName {
  private static final Pattern NAME_OR_ARN =
      Pattern.compile(
          "([a-zA-Z0-9_.-]{3,255}|arn:[^:]+:dynamodb:[^:]+:[^:]+:table/[a-zA-Z0-9_.-]+)");

  private TableName() {}

  public static String require(String table) {
    if (!NAME_OR_ARN.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "table must be a name of 3 to 255 letters, digits, '_', '-' and '.', or the ARN of a"
              + " table, got '"
              + table
              + "'");
    }
    return table;
  }
}
