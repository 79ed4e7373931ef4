package dev.holdfast.lock.internal.protocol;

/**
 * How a lock is kept alive: one immutable state, asked what to do next.
 *
 * <p>A renewal is due when a third of the lease is used up, or up to a fifth of that sooner, so
 * that locks that were won together are not renewed together. One that fails, whatever the reason,
 * is tried again after a third of the time that is left until the last quarter of the lease begins,
 * jittered down to half of it. If no renewal has come through by then, the owner is told, which
 * leaves it that quarter to stop, and nothing is renewed any more.
 *
 * @param jitterFactor how much of a third of the lease passes until a renewal is due
 * @param failures renewals in a row that did not come through
 * @param retryAtNanos monotonic time of the next renewal after a failure
 * @param inFlight whether a renewal is under way: then there is no other
 * @param maxMarginNanos how much of the lease may be left to the owner at most, in nanoseconds: for
 *     a lock that has not much left when its keeping begins
 */
public record RenewalProtocol(
    double jitterFactor, int failures, long retryAtNanos, boolean inFlight, long maxMarginNanos) {
  private static final long MILLI = 1_000_000;
  private static final double JITTER_WIDTH = 0.2;
  private static final int MARGIN_DIVISOR = 4;
  private static final int DUE_DIVISOR = 3;
  private static final int RETRY_DIVISOR = 3;
  private static final int MIN_RETRY_LEASE_DIVISOR = 40;

  /**
   * Sleepers go by the monotonic clock, which stands still while a machine is suspended; the wall
   * clock does not, and is looked at no less often than this.
   */
  private static final long MAX_PAUSE_NANOS = 1_000 * MILLI;

  /**
   * Begins, and begins again after each renewal that came through.
   *
   * @param hold what is held
   * @param now the clocks now
   * @param randomSource random draws
   * @return the state until the next renewal
   */
  public static RenewalProtocol start(Hold hold, ClockReading now, RandomSource randomSource) {
    double jitterFactor = 1 - JITTER_WIDTH * randomSource.jitter();
    return new RenewalProtocol(jitterFactor, 0, 0, false, hold.remainingNanos(now) / 2);
  }

  /** What to do next. */
  public sealed interface Step {

    /**
     * Applies the function for the kind of this step.
     *
     * @param onRenew function for {@link Renew}
     * @param onReportLoss function for {@link ReportLoss}
     * @param onPause function for {@link Pause}
     * @param <R> type of the result
     * @param <X> checked exception that the functions may throw
     * @return the result of the function
     * @throws X if the function throws it
     */
    <R, X extends Exception> R fold(
        ThrowingFunction<Renew, R, X> onRenew,
        ThrowingFunction<ReportLoss, R, X> onReportLoss,
        ThrowingFunction<Pause, R, X> onPause)
        throws X;

    /**
     * Renew the lock, then tell {@link RenewalProtocol#start} or {@link
     * RenewalProtocol#afterFailure}.
     *
     * @param next the state while the renewal is under way
     * @param callNanos how long its calls may take: past that its answer helps nobody
     */
    record Renew(RenewalProtocol next, long callNanos) implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Renew, R, X> onRenew,
          ThrowingFunction<ReportLoss, R, X> onReportLoss,
          ThrowingFunction<Pause, R, X> onPause)
          throws X {
        return onRenew.apply(this);
      }
    }

    /**
     * Tell the owner that the lock is lost, or will be when the rest of its lease is over; this is
     * the end.
     *
     * @param remainingNanos what is left of its validity, 0 or more
     */
    record ReportLoss(long remainingNanos) implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Renew, R, X> onRenew,
          ThrowingFunction<ReportLoss, R, X> onReportLoss,
          ThrowingFunction<Pause, R, X> onPause)
          throws X {
        return onReportLoss.apply(this);
      }
    }

    /**
     * Look again later.
     *
     * @param nanos how much later
     */
    record Pause(long nanos) implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Renew, R, X> onRenew,
          ThrowingFunction<ReportLoss, R, X> onReportLoss,
          ThrowingFunction<Pause, R, X> onPause)
          throws X {
        return onPause.apply(this);
      }
    }
  }

  /**
   * Looks at the lock.
   *
   * @param hold what is held
   * @param now the clocks now
   * @return what to do
   */
  public Step next(Hold hold, ClockReading now) {
    long remaining = hold.remainingNanos(now);
    long untilLoss = remaining - marginNanos(hold);
    if (untilLoss <= 0) {
      return new Step.ReportLoss(Math.max(0, remaining));
    }
    long untilDue = inFlight ? untilLoss : nanosUntilDue(hold, now);
    if (untilDue > 0) {
      return new Step.Pause(Math.min(MAX_PAUSE_NANOS, Math.min(untilDue, untilLoss)));
    }
    return new Step.Renew(
        new RenewalProtocol(jitterFactor, failures, retryAtNanos, true, maxMarginNanos), untilLoss);
  }

  private long nanosUntilDue(Hold hold, ClockReading now) {
    if (failures > 0) {
      return retryAtNanos - now.monotonicNanos();
    }
    long leaseMillis = hold.row().leaseTerm().leaseMillis();
    long used = hold.clockBounds().validityNanos(leaseMillis) - hold.remainingNanos(now);
    return (long) (leaseMillis * jitterFactor / DUE_DIVISOR * MILLI) - used;
  }

  private long marginNanos(Hold hold) {
    return Math.min(maxMarginNanos, hold.row().leaseTerm().leaseMillis() * MILLI / MARGIN_DIVISOR);
  }

  /**
   * Goes on after a renewal that did not come through.
   *
   * @param hold what is held
   * @param now the clocks now
   * @param randomSource random draws
   * @return the state until the next try
   */
  public RenewalProtocol afterFailure(Hold hold, ClockReading now, RandomSource randomSource) {
    long untilLoss = hold.remainingNanos(now) - marginNanos(hold);
    long minPause = hold.row().leaseTerm().leaseMillis() * MILLI / MIN_RETRY_LEASE_DIVISOR;
    long pause =
        (long) (Math.max(minPause, untilLoss / RETRY_DIVISOR) * (1 - randomSource.jitter() / 2));
    return new RenewalProtocol(
        jitterFactor, failures + 1, now.monotonicNanos() + pause, false, maxMarginNanos);
  }
}
