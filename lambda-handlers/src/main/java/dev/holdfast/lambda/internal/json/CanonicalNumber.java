package dev.holdfast.lambda.internal.json;

import java.math.BigInteger;

/**
 * Formatter of the numbers of JSON: all significant digits, in the layout of ECMAScript, with an
 * exponent below 1e-6 and from 1e21. The text of a number that a double holds as written is the one
 * that RFC 8785 requires. Other numbers are not rounded, so different numbers have different texts.
 *
 * <p>Powers of ten are never expanded: the time is proportional to the length of the number.
 */
final class CanonicalNumber {
  private static final int MAX_PLAIN_EXPONENT = 21;
  private static final int MIN_PLAIN_EXPONENT = -6;

  /** Longest exponent, in characters, that is calculated with; its time grows quadratically. */
  private static final int MAX_EXPONENT_LENGTH = 1_000;

  private CanonicalNumber() {}

  /**
   * Returns the canonical text of a number. A number with an exponent of more than 1,000 characters
   * keeps its text.
   *
   * @param json a number as JSON allows it
   */
  static String format(String json) {
    String sign = json.startsWith("-") ? "-" : "";
    int exponentMark = Math.max(json.indexOf('e'), json.indexOf('E'));
    int mantissaEnd = exponentMark < 0 ? json.length() : exponentMark;
    String exponent = exponentMark < 0 ? "0" : json.substring(exponentMark + 1);
    String mantissa = json.substring(sign.length(), mantissaEnd);
    int integerLength = mantissa.indexOf('.') < 0 ? mantissa.length() : mantissa.indexOf('.');
    String digits = mantissa.replace(".", "");
    int start = 0;
    int end = digits.length();
    while (start < end && digits.charAt(start) == '0') {
      start++;
    }
    while (end > start && digits.charAt(end - 1) == '0') {
      end--;
    }
    if (start == end) {
      return "0";
    }
    if (exponent.length() > MAX_EXPONENT_LENGTH) {
      return json;
    }
    BigInteger point =
        new BigInteger(exponent).add(BigInteger.valueOf((long) integerLength - start));
    return sign + layOut(digits.substring(start, end), point);
  }

  /** Lays out digits by the position of the decimal point relative to the first digit. */
  private static String layOut(String digits, BigInteger position) {
    int point = position.bitLength() < Integer.SIZE ? position.intValue() : Integer.MAX_VALUE;
    if (point > MAX_PLAIN_EXPONENT || point <= MIN_PLAIN_EXPONENT) {
      return scientific(digits, position.subtract(BigInteger.ONE));
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return point >= digits.length()
        ? digits + "0".repeat(point - digits.length())
        : digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String scientific(String digits, BigInteger exponent) {
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return digits.charAt(0) + fraction + "e" + (exponent.signum() < 0 ? "" : "+") + exponent;
  }
}
