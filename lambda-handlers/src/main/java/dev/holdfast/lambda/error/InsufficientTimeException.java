package dev.holdfast.lambda.error;

import java.time.Duration;
import java.util.Locale;

/** Thrown if the remaining time of the invocation is too short for the work. Nothing ran. */
public final class InsufficientTimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration remainingTime;

  /**
   * Creates an exception.
   *
   * @param remainingTime the remaining time of the invocation
   * @param minRemainingTime the time that the work needs
   */
  public InsufficientTimeException(Duration remainingTime, Duration minRemainingTime) {
    super(
        String.format(
            Locale.ROOT,
            "remaining time must be at least %d ms, got %d ms: the work was not started; increase"
                + " the timeout of the function, or decrease Guard.minRemainingTime",
            minRemainingTime.toMillis(),
            remainingTime.toMillis()));
    this.remainingTime = remainingTime;
  }

  /**
   * Returns the remaining time of the invocation.
   *
   * @return the remaining time when the work was rejected
   */
  public Duration remainingTime() {
    return remainingTime;
  }
}
