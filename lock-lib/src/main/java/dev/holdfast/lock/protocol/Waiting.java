package dev.holdfast.lock.protocol;

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
final class Waiting {
  private static final long MILLI = 1_000_000;
  private static final long FIRST = 25 * MILLI;
  private static final int DOUBLINGS_MAX = 4;
  private static final int ASKED_IN_A_WAIT = 9;
  private static final int OUT_OF_LUCK = 3;
  private static final long PAUSE_MIN = 5 * MILLI;
  private static final long PAUSE_MAX = TimeUnit.SECONDS.toNanos(60);
  private static final int ROUND_TRIPS = 2;

  private Waiting() {}

  /** The interval where nothing was learnt, before the n-th try after the first. */
  static long doubled(int pauses, double jitter) {
    long interval = FIRST << Math.min(Math.max(pauses - 1, 0), DOUBLINGS_MAX);
    return (long) (interval * (1 + jitter) / 2);
  }

  /**
   * The interval among others who wait.
   *
   * @param winnersNanos how long winners waited lately
   * @param ownNanos how long this one has waited
   * @param jitter from 0 to 1
   * @return nanoseconds, from half of a ninth to one and a half
   */
  static long share(long winnersNanos, long ownNanos, double jitter) {
    boolean knowsBetter = ownNanos > winnersNanos && ownNanos / OUT_OF_LUCK <= winnersNanos;
    long wait = knowsBetter ? ownNanos : winnersNanos;
    return (long) (wait * (0.5 + jitter) / ASKED_IN_A_WAIT);
  }

  /**
   * Keeps an interval within what is good for table and waiter, whatever a row says.
   *
   * @param interval nanoseconds
   * @param roundTripNanos how long the last call took
   * @param leaseMillis the waiter's lease
   * @return at least two round trips and 5 ms, at most 60 s and the lease
   */
  static long clamped(long interval, long roundTripNanos, long leaseMillis) {
    long most = Math.min(PAUSE_MAX, leaseMillis * MILLI);
    long least = Math.max(PAUSE_MIN, ROUND_TRIPS * roundTripNanos);
    return Math.min(most, Math.max(least, interval));
  }

  /**
   * Cuts an interval: it never reaches past the instant at which the lock can be taken over, nor
   * past the caller's deadline; only the deadline may make it shorter than a millisecond.
   *
   * @param interval nanoseconds
   * @param takeOverNanos time until the lock can be taken over even if nobody releases it
   * @param deadlineNanos time until the caller's deadline
   * @return nanoseconds to wait
   */
  static long cut(long interval, long takeOverNanos, long deadlineNanos) {
    long pause = Math.max(MILLI, Math.min(interval, takeOverNanos));
    return Math.max(0, Math.min(pause, deadlineNanos));
  }
}
