package dev.holdfast.demo.format;

import java.time.Duration;

/** Durations for people. */
public final class DurationFormat {
  private static final double MILLIS_PER_SECOND = 1_000;

  private DurationFormat() {}

  /**
   * A duration to a tenth of a second.
   *
   * @param duration the duration
   * @return text such as {@code 4.9 s}
   */
  public static String seconds(Duration duration) {
    return TextFormat.format("%.1f s", duration.toMillis() / MILLIS_PER_SECOND);
  }
}
