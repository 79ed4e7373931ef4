package dev.holdfast.lock.internal.protocol;

import java.util.concurrent.TimeUnit;

/**
 * Average wait of recent holders of a lock. Waiters derive the rate of their tries from it. A
 * holder stores it in its row, and a rejected write returns it at no extra cost.
 *
 * <p>The hint affects only the time of the next try. It expires after twice its wait, since by then
 * the waiters are gone or a holder has stored a newer hint.
 *
 * @param averageWaitMillis moving average of the waits, in milliseconds
 * @param observedAtNanos monotonic time at which it was observed
 */
public record ContentionHint(long averageWaitMillis, long observedAtNanos) {
  /** Maximum wait; a larger value in a row counts as this one. */
  public static final long MAX_WAIT_MILLIS = TimeUnit.DAYS.toMillis(1);

  private static final int AVERAGED_ACQUISITIONS = 8;

  /**
   * Clamps the wait to {@link #MAX_WAIT_MILLIS}.
   *
   * @throws IllegalArgumentException if the wait is negative
   */
  public ContentionHint {
    if (averageWaitMillis < 0) {
      throw new IllegalArgumentException(
          "a wait must not be negative, got " + averageWaitMillis + " ms");
    }
    averageWaitMillis = Math.min(averageWaitMillis, MAX_WAIT_MILLIS);
  }

  boolean isFresh(ClockReading now) {
    long age = now.monotonicNanos() - observedAtNanos;
    return age >= 0 && age <= 2 * averageWaitNanos();
  }

  long averageWaitNanos() {
    return TimeUnit.MILLISECONDS.toNanos(averageWaitMillis);
  }

  /** Returns the moving average over eight holders after one more. */
  long averageWith(long waitMillis) {
    return averageWaitMillis + (waitMillis - averageWaitMillis) / AVERAGED_ACQUISITIONS;
  }
}
