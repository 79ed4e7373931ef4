package dev.holdfast.lock.protocol;

/**
 * How often in a row this JVM had a lock, as far as it knows, and when it must let others by.
 *
 * <p>Threads of one JVM hand a lock over without a pause, and one that releases it may ask again
 * before anybody else has looked. So after sixteen in a row it rests; and one that asks again,
 * where others are known to wait, rests each time: as long as a waiter pauses, from its release on.
 *
 * @param inARow holds that followed each other, 0 after a rest
 * @param sinceNanos monotonic time at which the lock was last won
 * @param heldNanos how long it was last held
 * @param releasedNanos monotonic time of the last release
 */
public record Succession(int inARow, long sinceNanos, long heldNanos, long releasedNanos) {
  /** Nothing was held yet, or not lately. */
  public static final Succession NONE = new Succession(0, 0, 0, 0);

  private static final int IN_A_ROW_MAX = 16;
  private static final int HOLD_SHARE = 8;
  private static final long REST_MAX = 400_000_000;

  /**
   * The lock was won.
   *
   * @param pauses how often it was waited for, since another had it
   * @param now the clocks now
   * @return one more in a row, or the first after somebody else
   */
  public Succession won(int pauses, ClockReading now) {
    int count = pauses == 0 ? inARow + 1 : 1;
    return new Succession(count, now.monotonicNanos(), heldNanos, releasedNanos);
  }

  /**
   * The lock was released.
   *
   * @param now the clocks now
   * @return what is known now
   */
  public Succession released(ClockReading now) {
    long nanos = now.monotonicNanos();
    return new Succession(inARow, sinceNanos, nanos - sinceNanos, nanos);
  }

  /**
   * What is known after a rest.
   *
   * @return nothing in a row
   */
  public Succession rested() {
    return new Succession(0, sinceNanos, heldNanos, releasedNanos);
  }

  /**
   * Whether others must be let by before the next try.
   *
   * @param handedOver whether the next holder was waiting in this JVM already
   * @param known what is known of the key
   * @param now the clocks now
   * @return whether to rest
   */
  public boolean mustRest(boolean handedOver, Memory known, ClockReading now) {
    boolean othersWait = !handedOver && known.contention(now) != null;
    return inARow >= IN_A_ROW_MAX || (inARow > 0 && othersWait);
  }

  /**
   * How long the rest lasts, counted from the release.
   *
   * @param claim who asks next
   * @param known what is known of the key
   * @param now the clocks now
   * @param draws random draws
   * @return nanoseconds from now on, 0 where it is over
   */
  public long restNanos(Claim claim, Memory known, ClockReading now, Draws draws) {
    Contention contention = known.contention(now);
    double jitter = draws.jitter();
    long rest =
        contention == null
            ? (long) (Math.min(heldNanos / HOLD_SHARE, REST_MAX) * (0.5 + jitter))
            : Waiting.share(contention.waitNanos(), 0, jitter);
    long clamped = Waiting.clamped(rest, 0, claim.leaseMillis());
    return Math.max(0, clamped - (now.monotonicNanos() - releasedNanos));
  }
}
