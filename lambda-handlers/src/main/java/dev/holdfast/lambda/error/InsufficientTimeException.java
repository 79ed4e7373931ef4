package dev.holdfast.lambda.error;

import java.time.Duration;
import java.util.Locale;

/** The invocation had too little time left for the work, which was therefore not started. */
public final class InsufficientTimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration remainingTime;

  public InsufficientTimeException(Duration remainingTime, Duration minRemainingTime) {
    super(
        String.format(
            Locale.ROOT,
            "%d ms are left in this invocation and the work needs %d ms: it was not started; raise"
                + " the function's time-out, or lower what Guard.timeNeeded says",
            remainingTime.toMillis(),
            minRemainingTime.toMillis()));
    this.remainingTime = remainingTime;
  }

  /**
   * The time that was left.
   *
   * @return the invocation's remaining time when the work was refused
   */
  public Duration remainingTime() {
    return remainingTime;
  }
}
