package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Literal prefix of every key that a grantee may lock.
 *
 * <p>IAM matches the prefix as a pattern, in which {@code *}, {@code ?} and <code>$&#123;</code>
 * are special. A prefix that contains one of them would grant other keys than intended, so it is
 * rejected. The same rule rejects a value that is known only at deployment, because the CDK writes
 * it as <code>$&#123;Token[…]&#125;</code>. Such a value cannot be checked.
 *
 * @param value the prefix, not empty
 */
record KeyPrefix(String value) {

  KeyPrefix {
    if (value.isEmpty() || List.of("*", "?", "${").stream().anyMatch(value::contains)) {
      throw new IllegalArgumentException(
          "key prefix must be a literal of at least one character without *, ? and ${, for example"
              + String.format(
                  Locale.ROOT, " orders/, got '%s': omit it to allow every key", value));
    }
  }

  /**
   * Returns the condition of a policy statement. ForAllValues is also true for a request without a
   * key. Therefore Null requires a key. The map is sorted so that each synthesis writes the same
   * template.
   */
  Map<String, Map<String, Object>> condition() {
    return new TreeMap<>(
        Map.of(
            "ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", List.of(value + "*")),
            "Null", Map.of("dynamodb:LeadingKeys", "false")));
  }
}
