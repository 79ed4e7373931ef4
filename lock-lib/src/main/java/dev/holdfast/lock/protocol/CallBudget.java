package dev.holdfast.lock.protocol;

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
public record CallBudget(long attemptNanos, long callNanos) {
  private static final long MILLI = 1_000_000;
  private static final long NANOS_MIN = 100 * MILLI;
  private static final long ATTEMPT_MIN = 500 * MILLI;
  private static final long ATTEMPT_MAX = 2_000 * MILLI;

  /** The budget of a try within a wait: the end of the wait does not cut it below one attempt. */
  static CallBudget polling(long leaseMillis, long waitNanos, long leftNanos) {
    return of(leaseMillis, Math.min(leftNanos, Math.max(waitNanos, attemptNanos(leaseMillis))));
  }

  /**
   * The budget of a call whose answer nobody needs.
   *
   * @param leaseMillis the lease that was asked for or held, in milliseconds
   * @param leftNanos what the caller has left, in nanoseconds; may be negative
   * @return one attempt at most
   */
  public static CallBudget once(long leaseMillis, long leftNanos) {
    return polling(leaseMillis, 0, leftNanos);
  }

  /**
   * The budget of a call.
   *
   * @param leaseMillis the lease that is asked for or held, in milliseconds
   * @param leftNanos what the caller has left, in nanoseconds; may be negative
   * @return the budget
   */
  public static CallBudget of(long leaseMillis, long leftNanos) {
    long lease = leaseMillis * MILLI;
    long call = Math.max(NANOS_MIN, Math.min(lease / 2, leftNanos));
    return new CallBudget(Math.min(attemptNanos(leaseMillis), call), call);
  }

  private static long attemptNanos(long leaseMillis) {
    return Math.min(ATTEMPT_MAX, Math.max(ATTEMPT_MIN, leaseMillis * MILLI / 4));
  }
}
