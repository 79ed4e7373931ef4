package dev.holdfast.lock.internal.protocol;

import java.util.concurrent.TimeUnit;

/**
 * How long the winners of a lock had to wait lately: the one hint by which waiters find the rate at
 * which to ask. It stands in the rows of winners, where losers read it for nothing.
 *
 * <p>It decides when to ask and nothing else. It goes stale after twice the wait that it tells of:
 * the crowd has gone, or somebody will write a newer one.
 *
 * @param averageWaitMillis a moving average of winners' waits, in milliseconds
 * @param observedAtNanos monotonic time at which it was learnt
 */
public record ContentionHint(long averageWaitMillis, long observedAtNanos) {
  /** No wait lasts longer; whatever else a row says counts as this. */
  public static final long MAX_WAIT_MILLIS = TimeUnit.DAYS.toMillis(1);

  private static final int AVERAGED_ACQUISITIONS = 8;

  /**
   * Clamps.
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

  /** The average with one more winner in it, the latest of eight. */
  long averageWith(long waitMillis) {
    return averageWaitMillis + (waitMillis - averageWaitMillis) / AVERAGED_ACQUISITIONS;
  }
}
