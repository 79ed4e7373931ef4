package dev.holdfast.cdk;

import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;

/**
 * A table's physical name, checked here rather than in the middle of a deployment, or a token that
 * becomes one.
 *
 * @param value the name
 */
record TableName(String value) {

  private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

  TableName {
    if (!Token.isUnresolved(value) && !ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "table name must be 3 to 255 characters from a-z, A-Z, 0-9, _, - and ., got '%s'",
              value));
    }
  }
}
