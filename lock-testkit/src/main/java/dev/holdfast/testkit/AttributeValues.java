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

/** Equality, order and normal form of attribute values, as in DynamoDB. */
final class AttributeValues {
  private static final int MAX_PLAIN_DIGITS = 18;
  private static final int FIRST_MULTI_BYTE_CHAR = 0x80;

  private AttributeValues() {}

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
    return left.equals(right) || normalize(left).equals(normalize(right));
  }

  /**
   * Compares two values. The result is empty if one is missing, or if their types differ or have no
   * order.
   */
  static OptionalInt compare(@Nullable AttributeValue left, @Nullable AttributeValue right) {
    if (left == null || right == null || left.type() != right.type()) {
      return OptionalInt.empty();
    }
    return switch (left.type()) {
      case N -> OptionalInt.of(compareNumbers(left.n(), right.n()));
      case S -> OptionalInt.of(Arrays.compareUnsigned(utf8(left.s()), utf8(right.s())));
      case B ->
          OptionalInt.of(Arrays.compareUnsigned(left.b().asByteArray(), right.b().asByteArray()));
      default -> OptionalInt.empty();
    };
  }

  /** Returns the item as the service stores it: numbers without leading and trailing zeros. */
  static Map<String, AttributeValue> normalize(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> normalized = new HashMap<>(2 * item.size());
    item.forEach((name, value) -> normalized.put(name, normalize(value)));
    return normalized;
  }

  private static AttributeValue normalize(AttributeValue value) {
    return switch (value.type()) {
      case N -> isPlainNumber(value.n()) ? value : AttributeValue.fromN(normalize(value.n()));
      case NS ->
          AttributeValue.fromNs(
              sorted(value.ns().stream().map(AttributeValues::normalize).toList()));
      case SS -> AttributeValue.fromSs(sorted(value.ss()));
      case L -> AttributeValue.fromL(value.l().stream().map(AttributeValues::normalize).toList());
      case M -> AttributeValue.fromM(normalize(value.m()));
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

  private static String normalize(String number) {
    return parseNumber(number).stripTrailingZeros().toPlainString();
  }

  private static int compareNumbers(String left, String right) {
    return isPlainNumber(left) && isPlainNumber(right)
        ? Long.compare(Long.parseLong(left), Long.parseLong(right))
        : parseNumber(left).compareTo(parseNumber(right));
  }

  /**
   * Returns whether a number is in normal form and fits into a {@code long}, as most numbers of
   * lock rows.
   */
  static boolean isPlainNumber(String number) {
    int digits = number.length();
    boolean plain = digits > 0 && digits <= MAX_PLAIN_DIGITS;
    for (int i = 0; plain && i < digits; i++) {
      plain = number.charAt(i) >= '0' && number.charAt(i) <= '9';
    }
    return plain && (digits == 1 || number.charAt(0) != '0');
  }

  static BigDecimal parseNumber(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw ServiceError.validation(
          "The parameter cannot be converted to a numeric value: " + text);
    }
  }

  static int utf8Length(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_MULTI_BYTE_CHAR) {
        return utf8(text).length;
      }
    }
    return text.length();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String typeName(AttributeValue value) {
    AttributeValue.Type type = value.type();
    return type == AttributeValue.Type.NUL ? "NULL" : type.name();
  }
}
