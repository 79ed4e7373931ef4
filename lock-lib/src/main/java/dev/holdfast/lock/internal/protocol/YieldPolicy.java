package dev.holdfast.lock.internal.protocol;

import dev.holdfast.lock.RandomSource;

/**
 * Fairness between JVMs: counts consecutive holds of this JVM and decides when it yields to others.
 *
 * <p>A handoff between threads of one JVM has no pause, and a thread that releases a lock may
 * acquire it again before another host tries. So this JVM yields after sixteen consecutive holds. A
 * thread that acquires the lock again while others wait yields each time. A yield lasts as long as
 * the pause of a waiter, from the release on.
 *
 * @param consecutiveHolds number of consecutive holds, 0 after a yield
 * @param acquiredAtNanos monotonic time of the last acquire
 * @param lastHoldNanos duration of the last hold
 * @param releasedAtNanos monotonic time of the last release
 */
public record YieldPolicy(
    int consecutiveHolds, long acquiredAtNanos, long lastHoldNanos, long releasedAtNanos) {
  /** No recent hold. */
  public static final YieldPolicy NONE = new YieldPolicy(0, 0, 0, 0);

  private static final int MAX_CONSECUTIVE_HOLDS = 16;
  private static final int HOLD_DIVISOR = 8;
  private static final long MAX_YIELD_NANOS = 400_000_000;

  /**
   * Records an acquire.
   *
   * @param pauses number of pauses during the wait for another holder
   * @param now the clocks now
   * @return the policy with one more consecutive hold, or with the first one after another holder
   */
  public YieldPolicy afterAcquire(int pauses, ClockReading now) {
    int holds = pauses == 0 ? consecutiveHolds + 1 : 1;
    return new YieldPolicy(holds, now.monotonicNanos(), lastHoldNanos, releasedAtNanos);
  }

  /**
   * Records a release.
   *
   * @param now the clocks now
   * @return the new policy
   */
  public YieldPolicy afterRelease(ClockReading now) {
    long nanos = now.monotonicNanos();
    return new YieldPolicy(consecutiveHolds, acquiredAtNanos, nanos - acquiredAtNanos, nanos);
  }

  /**
   * Records a yield.
   *
   * @return the policy without consecutive holds
   */
  public YieldPolicy afterYield() {
    return new YieldPolicy(0, acquiredAtNanos, lastHoldNanos, releasedAtNanos);
  }

  /**
   * Returns whether this JVM must yield before the next try.
   *
   * @param handedOff whether the next holder waited in the queue of this JVM
   * @param observations the knowledge about the key
   * @param now the clocks now
   * @return whether to yield
   */
  public boolean mustYield(boolean handedOff, KeyObservations observations, ClockReading now) {
    boolean othersWait = !handedOff && observations.contentionHint(now) != null;
    return consecutiveHolds >= MAX_CONSECUTIVE_HOLDS || (consecutiveHolds > 0 && othersWait);
  }

  /**
   * Returns the rest of the yield, which starts at the release.
   *
   * @param spec the next request
   * @param observations the knowledge about the key
   * @param now the clocks now
   * @param randomSource source of jitter
   * @return nanoseconds from now on; 0 if it is over
   */
  public long yieldNanos(
      AcquireSpec spec, KeyObservations observations, ClockReading now, RandomSource randomSource) {
    ContentionHint hint = observations.contentionHint(now);
    double jitter = randomSource.jitter();
    long yieldNanos =
        hint == null
            ? (long) (Math.min(lastHoldNanos / HOLD_DIVISOR, MAX_YIELD_NANOS) * (0.5 + jitter))
            : Backoff.contended(hint.averageWaitNanos(), 0, jitter);
    long clamped = Backoff.clamp(yieldNanos, 0, spec.leaseMillis());
    return Math.max(0, clamped - (now.monotonicNanos() - releasedAtNanos));
  }
}
