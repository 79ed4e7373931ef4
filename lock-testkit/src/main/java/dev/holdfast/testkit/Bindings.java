package dev.holdfast.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a request's placeholders stand for. */
record Bindings(Map<String, String> names, Map<String, AttributeValue> values) {
  private static final Pattern NAME = Pattern.compile("#\\w+");
  private static final Pattern VALUE = Pattern.compile(":\\w+");

  String name(String placeholder) {
    String name = names.get(placeholder);
    if (name == null) {
      throw ServiceError.condition(
          "An expression attribute name used in the document path is not defined; attribute name: "
              + placeholder);
    }
    return name;
  }

  AttributeValue value(String placeholder) {
    AttributeValue value = values.get(placeholder);
    if (value == null) {
      throw ServiceError.condition(
          "An expression attribute value used in expression is not defined; attribute value: "
              + placeholder);
    }
    return value;
  }

  void checkNamedWell() {
    checkKeys("ExpressionAttributeNames", names.keySet(), NAME);
    checkKeys("ExpressionAttributeValues", values.keySet(), VALUE);
  }

  void checkAllUsed(Set<String> usedNames, Set<String> usedValues) {
    checkUsed("ExpressionAttributeNames", names.keySet(), usedNames);
    checkUsed("ExpressionAttributeValues", values.keySet(), usedValues);
  }

  void checkNoneGiven() {
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

  private static void checkKeys(String field, Set<String> keys, Pattern form) {
    for (String key : keys) {
      if (!form.matcher(key).matches()) {
        throw ServiceError.validation(
            field + " contains invalid key: Syntax error; key: \"" + key + "\"");
      }
    }
  }

  private static void checkUsed(String field, Set<String> given, Set<String> used) {
    Set<String> unused = new TreeSet<>(given);
    unused.removeAll(used);
    if (!unused.isEmpty()) {
      throw ServiceError.validation(
          String.format(
              Locale.ROOT,
              "Value provided in %s unused in expressions: keys: {%s}",
              field,
              String.join(", ", unused)));
    }
  }
}
