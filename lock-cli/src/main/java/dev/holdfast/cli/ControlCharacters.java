package dev.holdfast.cli;

import java.util.regex.Pattern;

/**
 * Replacement of control characters in text that comes from a table. Names and holders may contain
 * any character.
 */
final class ControlCharacters {
  /**
   * Characters that can move the cursor, change colors, start a line or reverse the text direction.
   */
  private static final Pattern CONTROL_CHARACTER =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private ControlCharacters() {}

  static String replaceIn(String text) {
    return CONTROL_CHARACTER.matcher(text).replaceAll("?");
  }
}
