package dev.holdfast.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Names and values of the placeholders of a request. */
record PlaceholderBindings(Map<String, String> names, Map<String, AttributeValue> values) {
  /**
   * Returns whether every check of a condition gives the same result for these bindings, except for
   * the values whose content a check reads.
   */
  boolean isEquivalentTo(PlaceholderBindings others, Set<String> contentCheckedValues) {
    if (values.size() != others.values.size() || !names.equals(others.names)) {
      return false;
    }
    for (Map.Entry<String, AttributeValue> entry : values.entrySet()) {
      AttributeValue value = entry.getValue();
      AttributeValue otherValue = others.values.get(entry.getKey());
      if (otherValue == null
          || otherValue.type() != value.type()
          || (contentCheckedValues.contains(entry.getKey()) && !otherValue.equals(value))) {
        return false;
      }
    }
    return true;
  }

  String name(String placeholder) {
    String name = names.get(placeholder);
    if (name == null) {
      throw ServiceError.invalidCondition(
          "An expression attribute name used in the document path is not defined; attribute name: "
              + placeholder);
    }
    return name;
  }

  AttributeValue value(String placeholder) {
    AttributeValue value = values.get(placeholder);
    if (value == null) {
      throw ServiceError.invalidCondition(
          "An expression attribute value used in expression is not defined; attribute value: "
              + placeholder);
    }
    return value;
  }

  boolean areAllUsed(Set<String> usedNames, Set<String> usedValues) {
    return usedNames.containsAll(names.keySet()) && usedValues.containsAll(values.keySet());
  }

  void checkPlaceholderSyntax() {
    checkKeys("ExpressionAttributeNames", names.keySet(), '#');
    checkKeys("ExpressionAttributeValues", values.keySet(), ':');
  }

  void checkAllUsed(Set<String> usedNames, Set<String> usedValues) {
    checkUsed("ExpressionAttributeNames", names.keySet(), usedNames);
    checkUsed("ExpressionAttributeValues", values.keySet(), usedValues);
  }

  void checkEmpty() {
    if (!names.isEmpty()) {
      throw ServiceError.validation(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
    if (!values.isEmpty()) {
      throw ServiceError.validation(
          "ExpressionAttributeValues can only be specified when using expressions:"
              + " ConditionExpression is null");
    }
  }

  private static void checkKeys(String field, Set<String> keys, char prefix) {
    for (String key : keys) {
      if (!isPlaceholder(key, prefix)) {
        throw ServiceError.validation(
            field + " contains invalid key: Syntax error; key: \"" + key + "\"");
      }
    }
  }

  /** Returns whether a key is a sign followed by at least one ASCII letter, digit or underscore. */
  private static boolean isPlaceholder(String key, char prefix) {
    boolean valid = key.length() > 1 && key.charAt(0) == prefix;
    for (int i = 1; valid && i < key.length(); i++) {
      valid = isWordCharacter(key.charAt(i));
    }
    return valid;
  }

  private static boolean isWordCharacter(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static void checkUsed(String field, Set<String> given, Set<String> used) {
    if (used.containsAll(given)) {
      return;
    }
    Set<String> unused = new TreeSet<>(given);
    unused.removeAll(used);
    throw ServiceError.validation(
        String.format(
            Locale.ROOT,
            "Value provided in %s unused in expressions: keys: {%s}",
            field,
            String.join(", ", unused)));
  }
}
