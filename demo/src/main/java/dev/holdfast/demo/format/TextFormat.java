package dev.holdfast.demo.format;

import java.time.Duration;
import java.util.Locale;

/** Text that is the same on every machine. */
public final class TextFormat {
  private static final double MILLIS_PER_SECOND = 1_000;

  private TextFormat() {}

  /**
   * Formats text independently of the locale of the machine.
   *
   * @param format a format as in {@link String#format}
   * @param values the values
   * @return the text
   */
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * Formats a duration to a tenth of a second.
   *
   * @param duration the duration
   * @return text such as {@code 4.9 s}
   */
  public static String seconds(Duration duration) {
    return format("%.1f s", duration.toMillis() / MILLIS_PER_SECOND);
  }
}
