package dev.holdfast.demo.words;

import java.time.Duration;

/** Durations for people. */
public final class Seconds {
  private static final double MILLIS = 1_000;

  private Seconds() {}

  /**
   * A duration to a tenth of a second.
   *
   * @param duration the duration
   * @return text such as {@code 4.9 s}
   */
  public static String of(Duration duration) {
    return Text.of("%.1f s", duration.toMillis() / MILLIS);
  }
}
