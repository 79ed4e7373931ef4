package dev.holdfast.demo.format;

import java.util.Locale;

/** Text that reads the same on every machine. */
public final class TextFormat {

  private TextFormat() {}

  /**
   * Fills a format in, whatever the machine's language.
   *
   * @param format as in {@link String#format}
   * @param values what to fill in
   * @return the text
   */
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
