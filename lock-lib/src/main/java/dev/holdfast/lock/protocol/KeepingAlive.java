package dev.holdfast.lock.protocol;

/**
 * How a lock is kept alive: one immutable state, asked what to do next.
 *
 * <p>A renewal is due when a third of the lease is used up, or up to a fifth of that sooner, so
 * that locks that were won together are not renewed together. One that fails, whatever the reason,
 * is tried again after a third of the time that is left until the last quarter of the lease begins,
 * jittered down to half of it. If no renewal has come through by then, the owner is told, which
 * leaves it that quarter to stop, and nothing is renewed any more.
 *
 * @param spread how much of a third of the lease passes until a renewal is due
 * @param failures renewals in a row that did not come through
 * @param retryAtNanos monotonic time of the next renewal after a failure
 * @param underWay whether a renewal is under way: then there is no other
 * @param marginNanosMax how much of the lease may be left to the owner at most, in nanoseconds: for
 *     a lock that has not much left when its keeping begins
 */
public record KeepingAlive(
    double spread, int failures, long retryAtNanos, boolean underWay, long marginNanosMax) {
  private static final long MILLI = 1_000_000;
  private static final double SPREAD_WIDTH = 0.2;
  private static final int MARGIN_PART = 4;
  private static final int DUE_PART = 3;
  private static final int RETRY_PART = 3;
  private static final int RETRY_PART_OF_LEASE_MIN = 40;

  /**
   * Sleepers go by the monotonic clock, which stands still while a machine is suspended; the wall
   * clock does not, and is looked at no less often than this.
   */
  private static final long REST_MAX = 1_000 * MILLI;

  /**
   * Begins, and begins again after each renewal that came through.
   *
   * @param hold what is held
   * @param now the clocks now
   * @param draws random draws
   * @return the state until the next renewal
   */
  public static KeepingAlive of(Hold hold, ClockReading now, Draws draws) {
    double spread = 1 - SPREAD_WIDTH * draws.jitter();
    return new KeepingAlive(spread, 0, 0, false, hold.remainingNanos(now) / 2);
  }

  /** What to do next. */
  public sealed interface Move {
    /**
     * Renew the lock, then tell {@link KeepingAlive#of} or {@link KeepingAlive#failed}.
     *
     * @param next the state while the renewal is under way
     * @param callNanos how long its calls may take: past that its answer helps nobody
     */
    record Renew(KeepingAlive next, long callNanos) implements Move {}

    /**
     * Tell the owner that the lock is lost, or will be when the rest of its lease is over; this is
     * the end.
     *
     * @param remainingNanos what is left of its validity, 0 or more
     */
    record Tell(long remainingNanos) implements Move {}

    /**
     * Look again later.
     *
     * @param nanos how much later
     */
    record Rest(long nanos) implements Move {}
  }

  /**
   * Looks at the lock.
   *
   * @param hold what is held
   * @param now the clocks now
   * @return what to do
   */
  public Move next(Hold hold, ClockReading now) {
    long remaining = hold.remainingNanos(now);
    long untilTold = remaining - margin(hold);
    if (untilTold <= 0) {
      return new Move.Tell(Math.max(0, remaining));
    }
    long untilDue = underWay ? untilTold : untilDue(hold, now);
    if (untilDue > 0) {
      return new Move.Rest(Math.min(REST_MAX, Math.min(untilDue, untilTold)));
    }
    return new Move.Renew(
        new KeepingAlive(spread, failures, retryAtNanos, true, marginNanosMax), untilTold);
  }

  private long untilDue(Hold hold, ClockReading now) {
    if (failures > 0) {
      return retryAtNanos - now.monotonicNanos();
    }
    long leaseMillis = hold.row().term().leaseMillis();
    long used = hold.bounds().validityNanos(leaseMillis) - hold.remainingNanos(now);
    return (long) (leaseMillis * spread / DUE_PART * MILLI) - used;
  }

  private long margin(Hold hold) {
    return Math.min(marginNanosMax, hold.row().term().leaseMillis() * MILLI / MARGIN_PART);
  }

  /**
   * Goes on after a renewal that did not come through.
   *
   * @param hold what is held
   * @param now the clocks now
   * @param draws random draws
   * @return the state until the next try
   */
  public KeepingAlive failed(Hold hold, ClockReading now, Draws draws) {
    long untilTold = hold.remainingNanos(now) - margin(hold);
    long least = hold.row().term().leaseMillis() * MILLI / RETRY_PART_OF_LEASE_MIN;
    long pause = (long) (Math.max(least, untilTold / RETRY_PART) * (1 - draws.jitter() / 2));
    return new KeepingAlive(
        spread, failures + 1, now.monotonicNanos() + pause, false, marginNanosMax);
  }
}
