package dev.holdfast.lock.internal.protocol;

import java.util.concurrent.TimeUnit;

/**
 * Backoff of waiters: computes the pause before the next try from observations and time.
 *
 * <p>If the row contains the average wait of recent holders, each waiter tries nine times during
 * such a wait. With n waiters an average wait lasts n handoffs, so all waiters together try nine
 * times between two handoffs, for any n. A waiter that has waited longer than the average uses its
 * own wait, since the average of a burst arrival is too small at first. A waiter that has waited
 * more than three times the average uses the average again.
 *
 * <p>Without an average, intervals double from 25 ms to 400 ms, with jitter down to one half.
 */
final class Backoff {
  private static final long MILLI = 1_000_000;
  private static final long INITIAL_NANOS = 25 * MILLI;
  private static final int MAX_DOUBLINGS = 4;
  private static final int POLLS_PER_WAIT = 9;
  private static final int MAX_WAIT_RATIO = 3;
  private static final long MIN_PAUSE_NANOS = 5 * MILLI;
  private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int MIN_ROUND_TRIPS = 2;

  private Backoff() {}

  /** Returns the exponential interval before the n-th retry. */
  static long exponential(int pauses, double jitter) {
    long interval = INITIAL_NANOS << Math.min(Math.max(pauses - 1, 0), MAX_DOUBLINGS);
    return (long) (interval * (1 + jitter) / 2);
  }

  /**
   * Returns the interval among other waiters.
   *
   * @param averageWaitNanos average wait of recent holders
   * @param ownWaitNanos wait of this caller so far
   * @param jitter from 0 to 1
   * @return nanoseconds, from 0.5 to 1.5 times a ninth of the wait
   */
  static long contended(long averageWaitNanos, long ownWaitNanos, double jitter) {
    boolean useOwnWait =
        ownWaitNanos > averageWaitNanos && ownWaitNanos / MAX_WAIT_RATIO <= averageWaitNanos;
    long wait = useOwnWait ? ownWaitNanos : averageWaitNanos;
    return (long) (wait * (0.5 + jitter) / POLLS_PER_WAIT);
  }

  /**
   * Clamps an interval to bounds that protect the table and the waiter from any value in a row.
   *
   * @param interval nanoseconds
   * @param roundTripNanos duration of the last call
   * @param leaseMillis lease duration of the waiter
   * @return at least two round trips and 5 ms, at most 60 s and the lease
   */
  static long clamp(long interval, long roundTripNanos, long leaseMillis) {
    long max = Math.min(MAX_PAUSE_NANOS, leaseMillis * MILLI);
    long min = Math.max(MIN_PAUSE_NANOS, MIN_ROUND_TRIPS * roundTripNanos);
    return Math.min(max, Math.max(min, interval));
  }

  /**
   * Truncates an interval at the time of a possible takeover and at the deadline. Only the deadline
   * can make it shorter than a millisecond.
   *
   * @param interval nanoseconds
   * @param takeoverNanos time until the lock can be taken over without a release
   * @param remainingWaitNanos time until the deadline
   * @return the pause in nanoseconds
   */
  static long truncate(long interval, long takeoverNanos, long remainingWaitNanos) {
    long pause = Math.max(MILLI, Math.min(interval, takeoverNanos));
    return Math.max(0, Math.min(pause, remainingWaitNanos));
  }
}
