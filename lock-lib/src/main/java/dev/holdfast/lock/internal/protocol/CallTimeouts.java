package dev.holdfast.lock.internal.protocol;

/**
 * Timeouts of one call to the table.
 *
 * <p>One attempt of the SDK takes at most a quarter of the lease, within 500 ms and 2 s. A call
 * with all attempts of the SDK takes at most half of the lease, and at most the time that the
 * caller has left. It always gets 100 ms, since a shorter call cannot succeed.
 *
 * <p>An acquire is sent twice if its first send stays without a reply. Both sends share half of the
 * lease and the time until the request deadline. The first send therefore gets half of that time,
 * and the resend gets the rest.
 *
 * @param attemptNanos timeout of one attempt, in nanoseconds
 * @param callNanos timeout of the call with all its attempts, in nanoseconds
 */
public record CallTimeouts(long attemptNanos, long callNanos) {
  private static final long MILLI = 1_000_000;
  private static final long MIN_CALL_NANOS = 100 * MILLI;
  private static final long MIN_ATTEMPT_NANOS = 500 * MILLI;
  private static final long MAX_ATTEMPT_NANOS = 2_000 * MILLI;

  /**
   * Returns the timeouts of one call.
   *
   * @param leaseMillis the requested or held lease, in milliseconds
   * @param remainingNanos the time that the caller has left, in nanoseconds; may be negative
   * @return the timeouts
   */
  public static CallTimeouts of(long leaseMillis, long remainingNanos) {
    return bounded(leaseMillis, Math.min(halfLeaseNanos(leaseMillis), remainingNanos));
  }

  /**
   * Returns the timeouts of a call whose reply nobody needs: one attempt at most.
   *
   * @param leaseMillis the requested or held lease, in milliseconds
   * @param remainingNanos the time that the caller has left, in nanoseconds; may be negative
   * @return the timeouts
   */
  public static CallTimeouts singleAttempt(long leaseMillis, long remainingNanos) {
    return of(leaseMillis, Math.min(remainingNanos, attemptNanos(leaseMillis)));
  }

  /** Returns the timeouts of the first send of an acquire, which leave time for a resend. */
  static CallTimeouts firstSend(long leaseMillis, long remainingNanos) {
    return bounded(leaseMillis, Math.min(halfLeaseNanos(leaseMillis), remainingNanos) / 2);
  }

  /** Returns the timeouts of the resend of an acquire: the time that the first send left. */
  static CallTimeouts resend(long leaseMillis, long remainingNanos, long elapsedNanos) {
    return bounded(
        leaseMillis, Math.min(halfLeaseNanos(leaseMillis) - elapsedNanos, remainingNanos));
  }

  /**
   * Returns these timeouts for an acquire that waits. The end of the wait bounds the call, but
   * never to less than one attempt.
   */
  CallTimeouts withinWait(long leaseMillis, long remainingWaitNanos) {
    return bounded(
        leaseMillis, Math.min(callNanos, Math.max(remainingWaitNanos, attemptNanos(leaseMillis))));
  }

  /** Returns whether an acquire without a reply leaves time for a resend. */
  static boolean allowsResend(long leaseMillis, long elapsedNanos) {
    return elapsedNanos < halfLeaseNanos(leaseMillis);
  }

  private static CallTimeouts bounded(long leaseMillis, long nanos) {
    long call = Math.max(MIN_CALL_NANOS, nanos);
    return new CallTimeouts(Math.min(attemptNanos(leaseMillis), call), call);
  }

  private static long halfLeaseNanos(long leaseMillis) {
    return leaseMillis * MILLI / 2;
  }

  private static long attemptNanos(long leaseMillis) {
    return Math.min(MAX_ATTEMPT_NANOS, Math.max(MIN_ATTEMPT_NANOS, leaseMillis * MILLI / 4));
  }
}
