package dev.holdfast.lambda.internal.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.stream.Stream;

/**
 * Formatter of numbers as ECMAScript does, which RFC 8785 requires: the shortest digits that read
 * as the same double, of these the closest to it, with an exponent below 1e-6 and from 1e21.
 *
 * <p>{@code Double.toString} is not used: before JDK 19 its digits are not always the shortest.
 */
final class EcmaScriptNumber {
  /**
   * Two decimals with at most this many digits never read as the same double, unless it is smaller
   * than {@link Double#MIN_NORMAL}.
   */
  private static final int EXACT_DIGITS = 15;

  private static final int MAX_DIGITS = 17;
  private static final int MAX_PLAIN_EXPONENT = 21;
  private static final int MIN_PLAIN_EXPONENT = -6;

  private EcmaScriptNumber() {}

  /** Returns the text of the double that a number reads as. That double must be finite. */
  static String format(BigDecimal number) {
    double nearest = number.doubleValue();
    if (nearest == 0) {
      return "0";
    }
    BigDecimal digits = number.abs().stripTrailingZeros();
    boolean isShortest =
        digits.precision() <= EXACT_DIGITS && Math.abs(nearest) >= Double.MIN_NORMAL;
    BigDecimal shortest = isShortest ? digits : shortest(Math.abs(nearest)).stripTrailingZeros();
    return (nearest < 0 ? "-" : "") + layOut(shortest);
  }

  /**
   * Finds the number of digits with {@code Double.toString}, whose digits read as the same double:
   * if any decimal with fewer digits does, one of its two neighbors does too.
   */
  private static BigDecimal shortest(double number) {
    BigDecimal neighbor = new BigDecimal(Double.toString(number));
    int digits = number < Double.MIN_NORMAL ? 1 : EXACT_DIGITS;
    while (digits < MAX_DIGITS
        && !readsAs(number, round(neighbor, digits, RoundingMode.DOWN))
        && !readsAs(number, round(neighbor, digits, RoundingMode.UP))) {
      digits++;
    }
    return closest(number, digits);
  }

  /** Returns the closest decimal that reads as the double, which need not be the closest one. */
  private static BigDecimal closest(double number, int digits) {
    BigDecimal exact = new BigDecimal(number);
    return Stream.of(RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP)
        .map(mode -> round(exact, digits, mode))
        .filter(decimal -> readsAs(number, decimal))
        .findFirst()
        .orElseThrow();
  }

  private static BigDecimal round(BigDecimal number, int digits, RoundingMode mode) {
    return number.round(new MathContext(digits, mode));
  }

  private static boolean readsAs(double number, BigDecimal decimal) {
    return decimal.doubleValue() == number;
  }

  /** Lays out digits by the position of the decimal point relative to the first digit. */
  private static String layOut(BigDecimal value) {
    String digits = value.unscaledValue().toString();
    int point = digits.length() - value.scale();
    if (point > MAX_PLAIN_EXPONENT || point <= MIN_PLAIN_EXPONENT) {
      return scientific(digits, point - 1);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return point >= digits.length()
        ? digits + "0".repeat(point - digits.length())
        : digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
  }
}
