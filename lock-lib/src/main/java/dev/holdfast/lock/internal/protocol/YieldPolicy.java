package dev.holdfast.lock.internal.protocol;

/**
 * How often in a row this JVM had a lock, as far as it knows, and when it must let others by.
 *
 * <p>Threads of one JVM hand a lock over without a pause, and one that releases it may ask again
 * before anybody else has looked. So after sixteen in a row it rests; and one that asks again,
 * where others are known to wait, rests each time: as long as a waiter pauses, from its release on.
 *
 * @param consecutiveHolds holds that followed each other, 0 after a rest
 * @param acquiredAtNanos monotonic time at which the lock was last won
 * @param lastHoldNanos how long it was last held
 * @param releasedAtNanos monotonic time of the last release
 */
public record YieldPolicy(
    int consecutiveHolds, long acquiredAtNanos, long lastHoldNanos, long releasedAtNanos) {
  /** Nothing was held yet, or not lately. */
  public static final YieldPolicy NONE = new YieldPolicy(0, 0, 0, 0);

  private static final int MAX_CONSECUTIVE_HOLDS = 16;
  private static final int HOLD_DIVISOR = 8;
  private static final long MAX_YIELD_NANOS = 400_000_000;

  /**
   * The lock was won.
   *
   * @param pauses how often it was waited for, since another had it
   * @param now the clocks now
   * @return one more in a row, or the first after somebody else
   */
  public YieldPolicy afterAcquire(int pauses, ClockReading now) {
    int holds = pauses == 0 ? consecutiveHolds + 1 : 1;
    return new YieldPolicy(holds, now.monotonicNanos(), lastHoldNanos, releasedAtNanos);
  }

  /**
   * The lock was released.
   *
   * @param now the clocks now
   * @return what is known now
   */
  public YieldPolicy afterRelease(ClockReading now) {
    long nanos = now.monotonicNanos();
    return new YieldPolicy(consecutiveHolds, acquiredAtNanos, nanos - acquiredAtNanos, nanos);
  }

  /**
   * What is known after a rest.
   *
   * @return nothing in a row
   */
  public YieldPolicy afterYield() {
    return new YieldPolicy(0, acquiredAtNanos, lastHoldNanos, releasedAtNanos);
  }

  /**
   * Whether others must be let by before the next try.
   *
   * @param handedOff whether the next holder was waiting in this JVM already
   * @param observations what is known of the key
   * @param now the clocks now
   * @return whether to rest
   */
  public boolean mustYield(boolean handedOff, KeyObservations observations, ClockReading now) {
    boolean othersWait = !handedOff && observations.contentionHint(now) != null;
    return consecutiveHolds >= MAX_CONSECUTIVE_HOLDS || (consecutiveHolds > 0 && othersWait);
  }

  /**
   * How long the rest lasts, counted from the release.
   *
   * @param spec who asks next
   * @param observations what is known of the key
   * @param now the clocks now
   * @param randomSource random draws
   * @return nanoseconds from now on, 0 where it is over
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
