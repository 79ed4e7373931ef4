package dev.holdfast.lambda;

import java.time.Duration;
import java.util.Optional;

/**
 * What is kept of handled events.
 *
 * @param window how long
 * @param resultBytesMax how large a result may be to be kept; empty where none is
 */
record Remembering(Duration window, Optional<Integer> resultBytesMax) {
  private static final Duration WINDOW_MIN = Duration.ofSeconds(1);
  private static final Duration WINDOW_MAX = Duration.ofDays(3_660);
  private static final int BYTES_MAX = 350 * 1_024;

  Remembering {
    if (window.compareTo(WINDOW_MIN) < 0 || window.compareTo(WINDOW_MAX) > 0) {
      throw new IllegalArgumentException("window must be from 1 s to 3660 days, got " + window);
    }
    resultBytesMax.ifPresent(Remembering::check);
  }

  private static void check(int bytes) {
    if (bytes < 1 || bytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "a result's bound must be 1 to 358400 bytes, got " + bytes);
    }
  }

  static Remembering events(Duration window) {
    return new Remembering(window, Optional.empty());
  }

  static Remembering results(Duration window, int bytesMax) {
    return new Remembering(window, Optional.of(bytesMax));
  }
}
