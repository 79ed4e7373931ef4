package dev.holdfast.cdk;

import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;

/**
 * Physical name of a table, or a token for it. Synthesis checks the name, so that an invalid one
 * does not fail during deployment.
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
