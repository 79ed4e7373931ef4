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
  private static final int PLAIN_DIGITS_MAX = 18;
  private static final int FIRST_OF_TWO_BYTES = 0x80;

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
    return left.equals(right) || normal(left).equals(normal(right));
  }

  /**
   * Empty where the two have no order: one is missing, or of another type, or of no ordered one.
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

  /** The item as the service stores it: numbers lose leading and trailing zeros. */
  static Map<String, AttributeValue> normal(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> normal = new HashMap<>(2 * item.size());
    item.forEach((name, value) -> normal.put(name, normal(value)));
    return normal;
  }

  private static AttributeValue normal(AttributeValue value) {
    return switch (value.type()) {
      case N -> isPlain(value.n()) ? value : AttributeValue.fromN(normal(value.n()));
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

  private static int compareNumbers(String left, String right) {
    return isPlain(left) && isPlain(right)
        ? Long.compare(Long.parseLong(left), Long.parseLong(right))
        : number(left).compareTo(number(right));
  }

  /** Most numbers of lock rows are: in normal form already, and short enough for a long. */
  static boolean isPlain(String number) {
    int digits = number.length();
    boolean plain = digits > 0 && digits <= PLAIN_DIGITS_MAX;
    for (int i = 0; plain && i < digits; i++) {
      plain = number.charAt(i) >= '0' && number.charAt(i) <= '9';
    }
    return plain && (digits == 1 || number.charAt(0) != '0');
  }

  static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw ServiceError.validation(
          "The parameter cannot be converted to a numeric value: " + text);
    }
  }

  static int utf8Length(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_OF_TWO_BYTES) {
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
