package dev.holdfast.lock.protocol;

import java.util.concurrent.TimeUnit;

/**
 * How long the winners of a lock had to wait lately: the one hint by which waiters find the rate at
 * which to ask. It stands in the rows of winners, where losers read it for nothing.
 *
 * <p>It decides when to ask and nothing else. It goes stale after twice the wait that it tells of:
 * the crowd has gone, or somebody will write a newer one.
 *
 * @param waitMillis a moving average of winners' waits, in milliseconds
 * @param learntNanos monotonic time at which it was learnt
 */
public record Contention(long waitMillis, long learntNanos) {
  /** No wait lasts longer; whatever else a row says counts as this. */
  public static final long WAIT_MILLIS_MAX = TimeUnit.DAYS.toMillis(1);

  private static final int WINNERS = 8;

  /**
   * Clamps.
   *
   * @throws IllegalArgumentException if the wait is negative
   */
  public Contention {
    if (waitMillis < 0) {
      throw new IllegalArgumentException("a wait must not be negative, got " + waitMillis + " ms");
    }
    waitMillis = Math.min(waitMillis, WAIT_MILLIS_MAX);
  }

  boolean isFresh(ClockReading now) {
    long age = now.monotonicNanos() - learntNanos;
    return age >= 0 && age <= 2 * waitNanos();
  }

  long waitNanos() {
    return TimeUnit.MILLISECONDS.toNanos(waitMillis);
  }

  /** The average with one more winner in it, the latest of eight. */
  long averageWith(long wonAfterMillis) {
    return waitMillis + (wonAfterMillis - waitMillis) / WINNERS;
  }
}
