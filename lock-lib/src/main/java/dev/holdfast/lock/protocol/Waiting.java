package dev.holdfast.lock.protocol;

/**
 * When to ask again: what was seen and the time go in, a pause comes out.
 *
 * <p>Intervals double from 25 ms to 400 ms and are jittered down to half, so that waiters spread
 * out. A pause never reaches past the instant at which the lock can be taken over, nor past the
 * caller's deadline; only the deadline may make it shorter than a millisecond.
 */
final class Waiting {
  private static final long MILLI = 1_000_000;
  private static final long FIRST = 25 * MILLI;
  private static final int DOUBLINGS_MAX = 4;

  private Waiting() {}

  /**
   * The pause before the next try.
   *
   * @param tries how often was asked and refused, at least 1
   * @param takeOverNanos time until the lock can be taken over even if nobody releases it
   * @param deadlineNanos time until the caller's deadline
   * @param jitter from 0 to 1
   * @return nanoseconds to wait
   */
  static long pauseNanos(int tries, long takeOverNanos, long deadlineNanos, double jitter) {
    long interval = FIRST << Math.min(Math.max(tries - 1, 0), DOUBLINGS_MAX);
    long jittered = (long) (interval * (1 + jitter) / 2);
    long pause = Math.max(MILLI, Math.min(jittered, takeOverNanos));
    return Math.max(0, Math.min(pause, deadlineNanos));
  }
}
