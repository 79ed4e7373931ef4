package dev.holdfast.testkit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Equality, order and normal form of attribute values, as DynamoDB has them. */
final class Values {
  private Values() {}

  static boolean isOrdered(AttributeValue value) {
    return switch (value.type()) {
      case S, N, B -> true;
      default -> false;
    };
  }

  static boolean equal(@Nullable AttributeValue left, @Nullable AttributeValue right) {
    if (left == null || right == null || left.type() != right.type()) {
      return false;
    }
    return normal(left).equals(normal(right));
  }

  /**
   * Empty where the two have no order: one is missing, or of another type, or of no ordered one.
   */
  static OptionalInt compare(@Nullable AttributeValue left, @Nullable AttributeValue right) {
    if (left == null || right == null || left.type() != right.type()) {
      return OptionalInt.empty();
    }
    return switch (left.type()) {
      case N -> OptionalInt.of(number(left.n()).compareTo(number(right.n())));
      case S -> OptionalInt.of(Arrays.compareUnsigned(utf8(left.s()), utf8(right.s())));
      case B ->
          OptionalInt.of(Arrays.compareUnsigned(left.b().asByteArray(), right.b().asByteArray()));
      default -> OptionalInt.empty();
    };
  }

  /** The item as the service stores it: numbers lose leading and trailing zeros. */
  static Map<String, AttributeValue> normal(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> normal = new HashMap<>();
    item.forEach((name, value) -> normal.put(name, normal(value)));
    return normal;
  }

  private static AttributeValue normal(AttributeValue value) {
    return switch (value.type()) {
      case N -> AttributeValue.fromN(normal(value.n()));
      case NS -> AttributeValue.fromNs(sorted(value.ns().stream().map(Values::normal).toList()));
      case SS -> AttributeValue.fromSs(sorted(value.ss()));
      case L -> AttributeValue.fromL(value.l().stream().map(Values::normal).toList());
      case M -> AttributeValue.fromM(normal(value.m()));
      case UNKNOWN_TO_SDK_VERSION ->
          throw ServiceError.validation(
              "Supplied AttributeValue is empty, must contain exactly one of the supported"
                  + " datatypes");
      default -> value;
    };
  }

  private static List<String> sorted(List<String> set) {
    return new HashSet<>(set).stream().sorted().toList();
  }

  private static String normal(String number) {
    return number(number).stripTrailingZeros().toPlainString();
  }

  static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw ServiceError.validation(
          "The parameter cannot be converted to a numeric value: " + text);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String typeName(AttributeValue value) {
    AttributeValue.Type type = value.type();
    return type == AttributeValue.Type.NUL ? "NULL" : type.name();
  }
}
