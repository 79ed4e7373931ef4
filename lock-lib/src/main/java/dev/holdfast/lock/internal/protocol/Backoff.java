package dev.holdfast.lock.internal.protocol;

import java.util.concurrent.TimeUnit;

/**
 * When to ask again: what was seen and the time go in, a pause comes out.
 *
 * <p>Where winners have said how long they waited, each waiter asks nine times in such a wait. So
 * all waiters together ask nine times in each period between two winners, however many they are:
 * with n of them, a wait is n periods long. A waiter that has already waited longer than winners
 * did knows better than they, and goes by its own wait: a crowd that came all at once has not shown
 * its size yet. One that has waited three times as long is just out of luck.
 *
 * <p>Where nothing was learnt, intervals double from 25 ms to 400 ms and are jittered down to half.
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

  /** The interval where nothing was learnt, before the n-th try after the first. */
  static long exponential(int pauses, double jitter) {
    long interval = INITIAL_NANOS << Math.min(Math.max(pauses - 1, 0), MAX_DOUBLINGS);
    return (long) (interval * (1 + jitter) / 2);
  }

  /**
   * The interval among others who wait.
   *
   * @param averageWaitNanos how long winners waited lately
   * @param ownWaitNanos how long this one has waited
   * @param jitter from 0 to 1
   * @return nanoseconds, from half of a ninth to one and a half
   */
  static long contended(long averageWaitNanos, long ownWaitNanos, double jitter) {
    boolean useOwnWait =
        ownWaitNanos > averageWaitNanos && ownWaitNanos / MAX_WAIT_RATIO <= averageWaitNanos;
    long wait = useOwnWait ? ownWaitNanos : averageWaitNanos;
    return (long) (wait * (0.5 + jitter) / POLLS_PER_WAIT);
  }

  /**
   * Keeps an interval within what is good for table and waiter, whatever a row says.
   *
   * @param interval nanoseconds
   * @param roundTripNanos how long the last call took
   * @param leaseMillis the waiter's lease
   * @return at least two round trips and 5 ms, at most 60 s and the lease
   */
  static long clamp(long interval, long roundTripNanos, long leaseMillis) {
    long max = Math.min(MAX_PAUSE_NANOS, leaseMillis * MILLI);
    long min = Math.max(MIN_PAUSE_NANOS, MIN_ROUND_TRIPS * roundTripNanos);
    return Math.min(max, Math.max(min, interval));
  }

  /**
   * Cuts an interval: it never reaches past the instant at which the lock can be taken over, nor
   * past the caller's deadline; only the deadline may make it shorter than a millisecond.
   *
   * @param interval nanoseconds
   * @param takeoverNanos time until the lock can be taken over even if nobody releases it
   * @param remainingWaitNanos time until the caller's deadline
   * @return nanoseconds to wait
   */
  static long truncate(long interval, long takeoverNanos, long remainingWaitNanos) {
    long pause = Math.max(MILLI, Math.min(interval, takeoverNanos));
    return Math.max(0, Math.min(pause, remainingWaitNanos));
  }
}
