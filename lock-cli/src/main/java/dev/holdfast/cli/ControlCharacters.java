package dev.holdfast.cli;

import java.util.regex.Pattern;

/** Text from a table, for a terminal: names and holders are whatever somebody stored. */
final class ControlCharacters {
  /** What moves the cursor, changes colours, begins a line, or turns the direction of writing. */
  private static final Pattern CONTROL_CHARACTER =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private ControlCharacters() {}

  static String replaceIn(String text) {
    return CONTROL_CHARACTER.matcher(text).replaceAll("?");
  }
}
