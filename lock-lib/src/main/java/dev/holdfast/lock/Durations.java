package dev.holdfast.lock;

import java.time.Duration;
import java.util.Locale;

/** Validation and formatting of durations. */
final class Durations {

  private static final Duration FORMAT_AS_MILLIS_MAX = Duration.ofDays(36_525);

  private Durations() {}

  static void checkRange(String label, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0) {
      throw outOfRange(label, "at least " + format(min), value);
    }
    if (value.compareTo(max) > 0) {
      throw outOfRange(label, "at most " + format(max), value);
    }
  }

  private static IllegalArgumentException outOfRange(String label, String allowed, Duration value) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s must be %s, got %s", label, allowed, format(value)));
  }

  static String format(Duration value) {
    if (value.abs().compareTo(FORMAT_AS_MILLIS_MAX) > 0) {
      return value.toString();
    }
    boolean wholeSeconds = value.getNano() == 0;
    if (wholeSeconds && value.getSeconds() % 3600 == 0 && !value.isZero()) {
      return value.toHours() + " h";
    }
    return wholeSeconds ? value.getSeconds() + " s" : value.toMillis() + " ms";
  }
}
