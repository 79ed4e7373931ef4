package dev.holdfast.lock.internal.protocol;

/**
 * How long one call to the table may take.
 *
 * <p>An attempt gets a quarter of the lease, within 500 ms to 2 s; the whole call, with what the
 * SDK sends again, gets half the lease and no more than the caller has left. However little that
 * is, it gets 100 ms, since a shorter call could only fail.
 *
 * @param attemptNanos for one attempt, in nanoseconds
 * @param callNanos for the call with all its attempts, in nanoseconds
 */
public record CallTimeouts(long attemptNanos, long callNanos) {
  private static final long MILLI = 1_000_000;
  private static final long MIN_CALL_NANOS = 100 * MILLI;
  private static final long MIN_ATTEMPT_NANOS = 500 * MILLI;
  private static final long MAX_ATTEMPT_NANOS = 2_000 * MILLI;

  /** The budget of a try within a wait: the end of the wait does not cut it below one attempt. */
  static CallTimeouts whileWaiting(long leaseMillis, long waitNanos, long remainingNanos) {
    return of(
        leaseMillis, Math.min(remainingNanos, Math.max(waitNanos, attemptNanos(leaseMillis))));
  }

  /**
   * The budget of a call whose answer nobody needs.
   *
   * @param leaseMillis the lease that was asked for or held, in milliseconds
   * @param remainingNanos what the caller has left, in nanoseconds; may be negative
   * @return one attempt at most
   */
  public static CallTimeouts singleAttempt(long leaseMillis, long remainingNanos) {
    return whileWaiting(leaseMillis, 0, remainingNanos);
  }

  /**
   * The budget of a call.
   *
   * @param leaseMillis the lease that is asked for or held, in milliseconds
   * @param remainingNanos what the caller has left, in nanoseconds; may be negative
   * @return the budget
   */
  public static CallTimeouts of(long leaseMillis, long remainingNanos) {
    long lease = leaseMillis * MILLI;
    long call = Math.max(MIN_CALL_NANOS, Math.min(lease / 2, remainingNanos));
    return new CallTimeouts(Math.min(attemptNanos(leaseMillis), call), call);
  }

  private static long attemptNanos(long leaseMillis) {
    return Math.min(MAX_ATTEMPT_NANOS, Math.max(MIN_ATTEMPT_NANOS, leaseMillis * MILLI / 4));
  }
}
