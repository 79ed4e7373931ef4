package dev.holdfast.lock.internal.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * Immutable state of an attempt to acquire several locks, all or none; {@link #next} returns the
 * next step.
 *
 * <p>The locks are acquired one after the other in the order of the requests. The order is the same
 * for every caller, so two attempts cannot each hold a lock that the other one waits for. While the
 * attempt waits for a lock, it renews each held lock when half of its validity has passed. A failed
 * renewal is repeated when half of the remaining validity has passed, until it succeeds or the
 * validity ends. A lock that is lost during the wait is acquired again while there is time. The
 * locks after it in the order are released first, which keeps the order.
 *
 * @param specs the requests, in order
 * @param deadlineNanos monotonic time at which the wait ends
 * @param requestDeadlineNanos monotonic time by which every call ends
 * @param waitingSinceNanos monotonic time at which the wait for the next lock started
 * @param renewalThresholdsNanos for each held lock, in order: the remaining validity at which it is
 *     renewed
 */
public record MultiLockProtocol(
    List<AcquireSpec> specs,
    long deadlineNanos,
    long requestDeadlineNanos,
    long waitingSinceNanos,
    List<Long> renewalThresholdsNanos) {

  /** Copies the lists. */
  public MultiLockProtocol {
    specs = List.copyOf(specs);
    renewalThresholdsNanos = List.copyOf(renewalThresholdsNanos);
  }

  /**
   * Starts an attempt.
   *
   * @param specs the requests, in an order that is the same for every caller
   * @param limits the limits of the wait and of the calls
   * @param now the clocks now
   * @return the attempt without a lock
   */
  public static MultiLockProtocol start(
      List<AcquireSpec> specs, Attempt.Limits limits, ClockReading now) {
    long deadline = now.monotonicNanos() + limits.maxWaitNanos();
    long requestDeadline = now.monotonicNanos() + limits.maxRequestNanos();
    return new MultiLockProtocol(specs, deadline, requestDeadline, now.monotonicNanos(), List.of());
  }

  /** Next step of an attempt. */
  public sealed interface Step {

    /**
     * Applies the function for the kind of this step.
     *
     * @param onAcquire function for {@link Acquire}
     * @param onRenew function for {@link Renew}
     * @param onRelease function for {@link Release}
     * @param onLost function for {@link Lost}
     * @param onAllAcquired function for {@link AllAcquired}
     * @param <R> type of the result
     * @param <X> checked exception that the functions may throw
     * @return the result of the function
     * @throws X if the function throws it
     */
    <R, X extends Exception> R fold(
        ThrowingFunction<Acquire, R, X> onAcquire,
        ThrowingFunction<Renew, R, X> onRenew,
        ThrowingFunction<Release, R, X> onRelease,
        ThrowingFunction<Lost, R, X> onLost,
        ThrowingFunction<AllAcquired, R, X> onAllAcquired)
        throws X;

    /**
     * Try to acquire the next lock. The limits end when a held lock must be renewed.
     *
     * @param spec the request
     * @param limits the limits of the wait and of the calls
     */
    record Acquire(AcquireSpec spec, Attempt.Limits limits) implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Acquire, R, X> onAcquire,
          ThrowingFunction<Renew, R, X> onRenew,
          ThrowingFunction<Release, R, X> onRelease,
          ThrowingFunction<Lost, R, X> onLost,
          ThrowingFunction<AllAcquired, R, X> onAllAcquired)
          throws X {
        return onAcquire.apply(this);
      }
    }

    /**
     * Renew a held lock.
     *
     * @param index index of the lock
     */
    record Renew(int index) implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Acquire, R, X> onAcquire,
          ThrowingFunction<Renew, R, X> onRenew,
          ThrowingFunction<Release, R, X> onRelease,
          ThrowingFunction<Lost, R, X> onLost,
          ThrowingFunction<AllAcquired, R, X> onAllAcquired)
          throws X {
        return onRenew.apply(this);
      }
    }

    /**
     * Release held locks, the last one first; the first of them is lost.
     *
     * @param fromIndex index of the first lock; all held locks after it are released too
     */
    record Release(int fromIndex) implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Acquire, R, X> onAcquire,
          ThrowingFunction<Renew, R, X> onRenew,
          ThrowingFunction<Release, R, X> onRelease,
          ThrowingFunction<Lost, R, X> onLost,
          ThrowingFunction<AllAcquired, R, X> onAllAcquired)
          throws X {
        return onRelease.apply(this);
      }
    }

    /**
     * The attempt has failed, since a lock is lost and no time is left to acquire it again.
     *
     * @param index index of the lost lock
     */
    record Lost(int index) implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Acquire, R, X> onAcquire,
          ThrowingFunction<Renew, R, X> onRenew,
          ThrowingFunction<Release, R, X> onRelease,
          ThrowingFunction<Lost, R, X> onLost,
          ThrowingFunction<AllAcquired, R, X> onAllAcquired)
          throws X {
        return onLost.apply(this);
      }
    }

    /** All locks are held. */
    record AllAcquired() implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Acquire, R, X> onAcquire,
          ThrowingFunction<Renew, R, X> onRenew,
          ThrowingFunction<Release, R, X> onRelease,
          ThrowingFunction<Lost, R, X> onLost,
          ThrowingFunction<AllAcquired, R, X> onAllAcquired)
          throws X {
        return onAllAcquired.apply(this);
      }
    }
  }

  /**
   * Returns the next step.
   *
   * @param remaining for each held lock, in order: its remaining validity in nanoseconds; 0 or less
   *     if it is lost
   * @param now the clocks now
   * @return the next step
   */
  public Step next(List<Long> remaining, ClockReading now) {
    long untilRenewal = Long.MAX_VALUE;
    int earliest = 0;
    for (int i = 0; i < remaining.size(); i++) {
      if (remaining.get(i) <= 0) {
        return hasTimeLeft(now) ? new Step.Release(i) : new Step.Lost(i);
      }
      long until = remaining.get(i) - renewalThresholdsNanos.get(i);
      if (until < untilRenewal) {
        untilRenewal = until;
        earliest = i;
      }
    }
    boolean due = untilRenewal <= 0 && hasTimeLeft(now);
    return due ? new Step.Renew(earliest) : nextAcquire(untilRenewal, now);
  }

  private Step nextAcquire(long untilRenewal, ClockReading now) {
    int held = renewalThresholdsNanos.size();
    if (held == specs.size()) {
      return new Step.AllAcquired();
    }
    long remainingWait = Math.max(0, deadlineNanos - now.monotonicNanos());
    long wait = Math.min(remainingWait, untilRenewal);
    long remainingRequest = requestDeadlineNanos - now.monotonicNanos();
    if (wait <= 0) {
      long maxWait = held == 0 ? 0 : Attempt.Limits.DEADLINE_PASSED;
      return new Step.Acquire(specs.get(held), new Attempt.Limits(maxWait, remainingRequest));
    }
    long waited = now.monotonicNanos() - waitingSinceNanos;
    return new Step.Acquire(specs.get(held), new Attempt.Limits(wait, remainingRequest, waited));
  }

  /**
   * Returns the attempt after an acquired lock.
   *
   * @param now the clocks now
   * @return the attempt with one more lock
   */
  public MultiLockProtocol afterAcquire(ClockReading now) {
    List<Long> thresholds = new ArrayList<>(renewalThresholdsNanos);
    thresholds.add(halfValidityNanos(thresholds.size()));
    return withHeld(thresholds, now.monotonicNanos());
  }

  private long halfValidityNanos(int index) {
    AcquireSpec spec = specs.get(index);
    return spec.clockBounds().validityNanos(spec.leaseMillis()) / 2;
  }

  /**
   * Returns whether the attempt continues without the next lock.
   *
   * @param outcome the outcome of the try
   * @param now the clocks now
   * @return false if the outcome ends the attempt
   */
  public boolean mayContinueAfter(AcquireStep.Outcome outcome, ClockReading now) {
    boolean transientFailure =
        outcome.fold(
            acquired -> false,
            busy -> true,
            completed -> false,
            unrecognizedRow -> false,
            failed -> mayContinueAfter(failed.failure()),
            skewExceeded -> false,
            expired -> false);
    return transientFailure && hasTimeLeft(now);
  }

  /**
   * Returns whether the attempt continues after a failed renewal.
   *
   * @param failed the failure
   * @return false if a retry would fail too
   */
  public boolean mayContinueAfter(Reply.Failed failed) {
    return failed.kind().isTransient();
  }

  /**
   * Returns the attempt after a renewal, successful or not.
   *
   * @param index index of the renewed lock
   * @param remaining its remaining validity in nanoseconds
   * @return the attempt with the next renewal of that lock
   */
  public MultiLockProtocol afterRenewal(int index, long remaining) {
    List<Long> thresholds = new ArrayList<>(renewalThresholdsNanos);
    long half = halfValidityNanos(index);
    thresholds.set(index, remaining > half ? half : remaining / 2);
    return withHeld(thresholds, waitingSinceNanos);
  }

  /**
   * Returns the attempt after a release.
   *
   * @param fromIndex index of the first released lock
   * @param now the clocks now
   * @return the attempt with the locks before it
   */
  public MultiLockProtocol afterRelease(int fromIndex, ClockReading now) {
    return withHeld(renewalThresholdsNanos.subList(0, fromIndex), now.monotonicNanos());
  }

  private MultiLockProtocol withHeld(List<Long> thresholds, long waitingSince) {
    return new MultiLockProtocol(
        specs, deadlineNanos, requestDeadlineNanos, waitingSince, thresholds);
  }

  private boolean hasTimeLeft(ClockReading now) {
    return deadlineNanos - now.monotonicNanos() > 0;
  }
}
