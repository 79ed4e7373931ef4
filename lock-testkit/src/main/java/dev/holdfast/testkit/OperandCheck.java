package dev.holdfast.testkit;

import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What DynamoDB demands of operands before it looks at any row. */
final class OperandCheck {
  private static final List<String> TYPES =
      List.of("N", "BS", "L", "B", "NULL", "M", "S", "SS", "NS", "BOOL");

  private OperandCheck() {}

  static void distinct(String operator, Operand first, List<Operand> others, Bindings bindings) {
    resolve(first, bindings);
    others.forEach(other -> resolve(other, bindings));
    if (first instanceof Operand.Attribute attribute) {
      String name = bindings.name(attribute.placeholder());
      for (Operand other : others) {
        checkDiffers(operator, name, other, bindings);
      }
    }
  }

  static void ordered(String operator, List<Operand> operands, Bindings bindings) {
    operands.forEach(operand -> resolve(operand, bindings));
    operands.forEach(operand -> checkOrdered(operator, operand, bindings));
  }

  private static void checkOrdered(String operator, Operand operand, Bindings bindings) {
    if (operand instanceof Operand.Value value) {
      AttributeValue given = bindings.value(value.placeholder());
      if (!Values.isOrdered(given)) {
        throw wrongType(operator, given);
      }
    }
  }

  static void type(Operand.Value type, Bindings bindings) {
    AttributeValue given = bindings.value(type.placeholder());
    if (given.s() == null) {
      throw wrongType("attribute_type", given);
    }
    if (!TYPES.contains(given.s())) {
      throw ServiceError.condition(
          String.format(
              Locale.ROOT,
              "Invalid attribute type name found; type: %s, valid types: {%s}",
              given.s(),
              String.join(",", TYPES)));
    }
  }

  static void bounds(Operand low, Operand high, Bindings bindings) {
    if (!(low instanceof Operand.Value from) || !(high instanceof Operand.Value to)) {
      return;
    }
    AttributeValue least = bindings.value(from.placeholder());
    AttributeValue most = bindings.value(to.placeholder());
    if (least.type() != most.type()) {
      throw badBounds("same data type for lower and upper bounds", least, most);
    }
    if (Comparison.MORE.test(least, most)) {
      throw badBounds("upper bound to be greater than or equal to lower bound", least, most);
    }
  }

  private static void resolve(Operand operand, Bindings bindings) {
    if (operand instanceof Operand.Attribute attribute) {
      bindings.name(attribute.placeholder());
    } else if (operand instanceof Operand.Value value) {
      bindings.value(value.placeholder());
    }
  }

  private static void checkDiffers(String operator, String name, Operand other, Bindings bindings) {
    if (other instanceof Operand.Attribute attribute
        && bindings.name(attribute.placeholder()).equals(name)) {
      throw ServiceError.condition(
          "The first operand must be distinct from the remaining operands for this operator or"
              + String.format(
                  Locale.ROOT, " function; operator: %s, first operand: [%s]", operator, name));
    }
  }

  private static RuntimeException wrongType(String operator, AttributeValue given) {
    return ServiceError.condition(
        String.format(
            Locale.ROOT,
            "Incorrect operand type for operator or function; operator or function: %s, operand"
                + " type: %s",
            operator,
            Values.typeName(given)));
  }

  private static RuntimeException badBounds(
      String demand, AttributeValue least, AttributeValue most) {
    return ServiceError.condition(
        String.format(
            Locale.ROOT,
            "The BETWEEN operator requires %s; lower bound operand: %s, upper bound operand: %s",
            demand,
            describe(least),
            describe(most)));
  }

  private static String describe(AttributeValue value) {
    String text =
        switch (value.type()) {
          case S -> value.s();
          case N -> value.n();
          default -> String.valueOf(value);
        };
    return String.format(Locale.ROOT, "AttributeValue: {%s:%s}", Values.typeName(value), text);
  }
}
