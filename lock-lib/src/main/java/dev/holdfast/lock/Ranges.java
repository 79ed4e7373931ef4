package dev.holdfast.lock;

import java.time.Duration;
import java.util.Locale;

/** What durations are allowed, and how they read in rows and messages. */
final class Ranges {

  private static final Duration READ_AS_MILLIS_MAX = Duration.ofDays(36_525);

  private Ranges() {}

  static Duration check(String what, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0) {
      throw outOfRange(what, "at least " + text(min), value);
    }
    if (value.compareTo(max) > 0) {
      throw outOfRange(what, "at most " + text(max), value);
    }
    return value;
  }

  /** In milliseconds, rounded up, for bounds that must not come out too small. */
  static long millisUp(Duration value) {
    return value.plusNanos(999_999).toMillis();
  }

  private static IllegalArgumentException outOfRange(String what, String allowed, Duration value) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s must be %s, got %s", what, allowed, text(value)));
  }

  static String text(Duration value) {
    if (value.abs().compareTo(READ_AS_MILLIS_MAX) > 0) {
      return value.toString();
    }
    boolean wholeSeconds = value.getNano() == 0;
    if (wholeSeconds && value.getSeconds() % 3600 == 0 && !value.isZero()) {
      return value.toHours() + " h";
    }
    return wholeSeconds ? value.getSeconds() + " s" : value.toMillis() + " ms";
  }
}
