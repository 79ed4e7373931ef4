package dev.holdfast.testkit;

import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Validates operands as DynamoDB does before it reads a row. */
final class OperandValidator {
  private static final List<String> TYPES =
      List.of("N", "BS", "L", "B", "NULL", "M", "S", "SS", "NS", "BOOL");

  private OperandValidator() {}

  static void checkDistinct(
      String operator, Operand first, List<Operand> others, PlaceholderBindings bindings) {
    checkDefined(first, bindings);
    others.forEach(other -> checkDefined(other, bindings));
    if (first instanceof Operand.Attribute attribute) {
      String name = bindings.name(attribute.placeholder());
      for (Operand other : others) {
        checkDiffers(operator, name, other, bindings);
      }
    }
  }

  static void checkAllOrdered(
      String operator, List<Operand> operands, PlaceholderBindings bindings) {
    operands.forEach(operand -> checkDefined(operand, bindings));
    operands.forEach(operand -> checkOrdered(operator, operand, bindings));
  }

  private static void checkOrdered(String operator, Operand operand, PlaceholderBindings bindings) {
    if (operand instanceof Operand.Value value) {
      AttributeValue given = bindings.value(value.placeholder());
      if (!AttributeValues.isOrdered(given)) {
        throw wrongType(operator, given);
      }
    }
  }

  static void checkType(Operand.Value type, PlaceholderBindings bindings) {
    AttributeValue given = bindings.value(type.placeholder());
    if (given.s() == null) {
      throw wrongType("attribute_type", given);
    }
    if (!TYPES.contains(given.s())) {
      throw ServiceError.invalidCondition(
          String.format(
              Locale.ROOT,
              "Invalid attribute type name found; type: %s, valid types: {%s}",
              given.s(),
              String.join(",", TYPES)));
    }
  }

  static void checkBounds(Operand low, Operand high, PlaceholderBindings bindings) {
    if (!(low instanceof Operand.Value from) || !(high instanceof Operand.Value to)) {
      return;
    }
    AttributeValue lowValue = bindings.value(from.placeholder());
    AttributeValue highValue = bindings.value(to.placeholder());
    if (lowValue.type() != highValue.type()) {
      throw invalidBounds("same data type for lower and upper bounds", lowValue, highValue);
    }
    if (Comparison.GREATER_THAN.test(lowValue, highValue)) {
      throw invalidBounds(
          "upper bound to be greater than or equal to lower bound", lowValue, highValue);
    }
  }

  private static void checkDefined(Operand operand, PlaceholderBindings bindings) {
    if (operand instanceof Operand.Attribute attribute) {
      bindings.name(attribute.placeholder());
    } else if (operand instanceof Operand.Value value) {
      bindings.value(value.placeholder());
    }
  }

  private static void checkDiffers(
      String operator, String name, Operand other, PlaceholderBindings bindings) {
    if (other instanceof Operand.Attribute attribute
        && bindings.name(attribute.placeholder()).equals(name)) {
      throw ServiceError.invalidCondition(
          "The first operand must be distinct from the remaining operands for this operator or"
              + String.format(
                  Locale.ROOT, " function; operator: %s, first operand: [%s]", operator, name));
    }
  }

  private static RuntimeException wrongType(String operator, AttributeValue given) {
    return ServiceError.invalidCondition(
        String.format(
            Locale.ROOT,
            "Incorrect operand type for operator or function; operator or function: %s, operand"
                + " type: %s",
            operator,
            AttributeValues.typeName(given)));
  }

  private static RuntimeException invalidBounds(
      String requirement, AttributeValue lowValue, AttributeValue highValue) {
    return ServiceError.invalidCondition(
        String.format(
            Locale.ROOT,
            "The BETWEEN operator requires %s; lower bound operand: %s, upper bound operand: %s",
            requirement,
            describe(lowValue),
            describe(highValue)));
  }

  private static String describe(AttributeValue value) {
    String text =
        switch (value.type()) {
          case S -> value.s();
          case N -> value.n();
          default -> String.valueOf(value);
        };
    return String.format(
        Locale.ROOT, "AttributeValue: {%s:%s}", AttributeValues.typeName(value), text);
  }
}
