package dev.holdfast.lambda;

import java.time.Duration;
import java.util.Locale;

/** The invocation had too little time left for the work, which was therefore not started. */
public final class TooLittleTimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration remaining;

  TooLittleTimeException(Duration remaining, Duration needed) {
    super(
        String.format(
            Locale.ROOT,
            "%d ms are left in this invocation and the work needs %d ms: it was not started; raise"
                + " the function's time-out, or lower what Guard.timeNeeded says",
            remaining.toMillis(),
            needed.toMillis()));
    this.remaining = remaining;
  }

  /**
   * The time that was left.
   *
   * @return the invocation's remaining time when the work was refused
   */
  public Duration remaining() {
    return remaining;
  }
}
