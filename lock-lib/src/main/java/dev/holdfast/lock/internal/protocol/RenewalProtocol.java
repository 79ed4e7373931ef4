package dev.holdfast.lock.internal.protocol;

import dev.holdfast.lock.RandomSource;

/**
 * Immutable state of a lock that is kept alive; {@link #next} returns the next step.
 *
 * <p>A renewal is due after a third of the lease, or up to a fifth of that earlier, so that locks
 * which were acquired together are not renewed together. A failed renewal is repeated after a third
 * of the time until the last quarter of the lease, with jitter down to one half. If no renewal
 * succeeds until that quarter starts, the owner is notified and has that quarter to stop. After
 * that the lock is not renewed any more.
 *
 * @param jitterFactor part of a third of the lease after which a renewal is due
 * @param failures number of failed renewals in a row
 * @param retryAtNanos monotonic time of the retry after a failure
 * @param inFlight whether a renewal is in flight; there is at most one
 * @param maxMarginNanos maximum of the time that the owner has to stop, in nanoseconds; it matters
 *     for a lock whose keep-alive starts late in its lease
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
   * Maximum pause. A sleep uses the monotonic clock, which stops while a machine is suspended, so
   * the wall clock is checked at least this often.
   */
  private static final long MAX_PAUSE_NANOS = 1_000 * MILLI;

  /**
   * Starts a new period, first and after each successful renewal.
   *
   * @param hold the hold
   * @param now the clocks now
   * @param randomSource source of jitter
   * @return the state until the next renewal
   */
  public static RenewalProtocol start(Hold hold, ClockReading now, RandomSource randomSource) {
    double jitterFactor = 1 - JITTER_WIDTH * randomSource.jitter();
    return new RenewalProtocol(jitterFactor, 0, 0, false, hold.remainingNanos(now) / 2);
  }

  /** Next step of a keep-alive. */
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
     * Renew the lock, then call {@link RenewalProtocol#start} or {@link
     * RenewalProtocol#afterFailure}.
     *
     * @param next the state while the renewal is in flight
     * @param callNanos time for its calls; a later reply is useless
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
     * Notify the owner that the lock is lost, or that it will be lost after the rest of its
     * validity. This is the last step.
     *
     * @param remainingNanos the remaining validity, 0 or more
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
     * Call {@link RenewalProtocol#next} again later.
     *
     * @param nanos duration of the pause
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
   * Returns the next step.
   *
   * @param hold the hold
   * @param now the clocks now
   * @return the next step
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
   * Continues after a failed renewal.
   *
   * @param hold the hold
   * @param now the clocks now
   * @param randomSource source of jitter
   * @return the state until the retry
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
