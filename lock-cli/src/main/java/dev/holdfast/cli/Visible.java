package dev.holdfast.cli;

import java.util.regex.Pattern;

/** Text from a table, for a terminal: names and holders are whatever somebody stored. */
final class Visible {
  /** What moves the cursor, changes colours, begins a line, or turns the direction of writing. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private Visible() {}

  static String of(String text) {
    return UNSEEN.matcher(text).replaceAll("?");
  }
}
