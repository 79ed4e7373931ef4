package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The literal text that every key of a grantee starts with.
 *
 * <p>Policies match it as a pattern, where {@code *}, {@code ?} and <code>$&#123;</code> have a
 * meaning of their own: a prefix that holds one would grant something other than what it says. A
 * value that is known only at deployment cannot be checked and, being written as <code>
 * $&#123;Token[…]&#125;</code> until then, is refused by the same rule.
 *
 * @param value the prefix, not empty
 */
record KeyPrefix(String value) {

  KeyPrefix {
    if (value.isEmpty() || List.of("*", "?", "${").stream().anyMatch(value::contains)) {
      throw new IllegalArgumentException(
          "key prefix must be literal text of at least one character without *, ? and ${, such as"
              + String.format(
                  Locale.ROOT, " orders/, got '%s': leave it out to allow every key", value));
    }
  }

  /**
   * The condition of one policy statement. ForAllValues is also true where a request shows no key
   * at all, so Null demands one. Sorted, so that each synthesis writes the same template.
   */
  Map<String, Map<String, Object>> condition() {
    return new TreeMap<>(
        Map.of(
            "ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", List.of(value + "*")),
            "Null", Map.of("dynamodb:LeadingKeys", "false")));
  }
}
