package dev.holdfast.lock.internal.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * How several locks are won together, all or nothing: one immutable state of an attempt, asked what
 * to do next.
 *
 * <p>The locks are won one after the other in the order of the claims, which is the same for
 * everybody, so no two attempts can each hold what the other waits for. While it waits for one, the
 * attempt renews those that it has as soon as half of their validity is used up; a renewal that
 * fails is tried again when half of what is then left is used up, and so ever sooner, until it
 * works or the validity is over. A lock that is lost meanwhile is won again while there is time;
 * those behind it in the order are given back first, which keeps the order.
 *
 * @param specs what is wanted, in order
 * @param deadlineNanos monotonic time after which nothing more is waited for
 * @param requestDeadlineNanos monotonic time by which every call must end
 * @param waitingSinceNanos monotonic time since when the next lock is waited for
 * @param renewalThresholdsNanos for each lock that is held, in order: it is renewed once no more
 *     nanoseconds of validity are left
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
   * Begins an attempt.
   *
   * @param specs what is wanted, in an order that is the same for everybody
   * @param limits how long to try, and by when every call must end
   * @param now the clocks now
   * @return the attempt, which holds nothing
   */
  public static MultiLockProtocol start(
      List<AcquireSpec> specs, Attempt.Limits limits, ClockReading now) {
    long deadline = now.monotonicNanos() + limits.maxWaitNanos();
    long requestDeadline = now.monotonicNanos() + limits.maxRequestNanos();
    return new MultiLockProtocol(specs, deadline, requestDeadline, now.monotonicNanos(), List.of());
  }

  /** What to do next. */
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
     * Try to win the next lock, within limits that end when one that is held has to be renewed.
     *
     * @param spec what is wanted
     * @param limits how long to try, and by when every call must end
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
     * Renew a lock that is held.
     *
     * @param index which one
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
     * Give locks back, the last one first: the first of them is lost.
     *
     * @param fromIndex the first to give back; all that are held behind it go too
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
     * The attempt has failed, since a lock is lost and there is no time to win it again.
     *
     * @param index which one
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

    /** All are held. */
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
   * What to do next.
   *
   * @param remaining for each lock that is held, in order: how many nanoseconds it may still be
   *     believed in, 0 or less when it is lost
   * @param now the clocks now
   * @return the next move
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
   * The attempt with one lock more.
   *
   * @param now the clocks now
   * @return the attempt that holds the lock that it tried
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
   * Whether to go on although the next lock was not won.
   *
   * @param outcome what the try came to
   * @param now the clocks now
   * @return false when that is what the whole attempt came to
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
   * Whether to go on although a renewal failed.
   *
   * @param failed why it did
   * @return false when a further one would fail too
   */
  public boolean mayContinueAfter(Reply.Failed failed) {
    return failed.kind().isTransient();
  }

  /**
   * The attempt after a renewal, whatever came of it.
   *
   * @param index which lock was renewed
   * @param remaining how many nanoseconds it may now be believed in
   * @return the attempt that knows when to renew it again
   */
  public MultiLockProtocol afterRenewal(int index, long remaining) {
    List<Long> thresholds = new ArrayList<>(renewalThresholdsNanos);
    long half = halfValidityNanos(index);
    thresholds.set(index, remaining > half ? half : remaining / 2);
    return withHeld(thresholds, waitingSinceNanos);
  }

  /**
   * The attempt after locks were given back.
   *
   * @param fromIndex the first that is no longer held
   * @param now the clocks now
   * @return the attempt that holds those before it
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
