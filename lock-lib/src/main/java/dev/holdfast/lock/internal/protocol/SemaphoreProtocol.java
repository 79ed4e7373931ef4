package dev.holdfast.lock.internal.protocol;

import dev.holdfast.lock.RandomSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Immutable state of an attempt to acquire one of n permits; its methods return the next step.
 *
 * <p>Each permit is a lock of its own (a {@link Permit}), so n permits have at most n holders. The
 * permits are tried one at a time in a random order, which spreads the callers. The first round has
 * no pause, since only a rejection by each permit shows that no permit is free. After that the
 * attempt tries one permit after each pause: the next in order, or a permit whose lease has ended.
 * The earliest known end of a lease bounds the pause and has no other effect.
 *
 * @param spec the request; its name is the name of the semaphore
 * @param permits all permits, the next one first
 * @param deadlineNanos monotonic time of the last try
 * @param requestDeadlineNanos monotonic time by which every call ends
 * @param pauses number of pauses so far
 */
public record SemaphoreProtocol(
    AcquireSpec spec,
    List<Permit> permits,
    long deadlineNanos,
    long requestDeadlineNanos,
    int pauses) {

  /** Copies the list. */
  public SemaphoreProtocol {
    permits = List.copyOf(permits);
  }

  /**
   * Starts an attempt.
   *
   * @param spec the request; its name is the name of the semaphore
   * @param permitCount number of permits
   * @param limits the limits of the wait and of the calls
   * @param now the clocks now
   * @param randomSource source of jitter
   * @return the attempt
   */
  public static SemaphoreProtocol start(
      AcquireSpec spec,
      int permitCount,
      Attempt.Limits limits,
      ClockReading now,
      RandomSource randomSource) {
    List<Permit> permits = new ArrayList<>(permitCount);
    for (int number = 1; number <= permitCount; number++) {
      permits.add(Permit.of(spec.name(), number));
    }
    long deadline = now.monotonicNanos() + limits.maxWaitNanos();
    long requestDeadline = now.monotonicNanos() + limits.maxRequestNanos();
    return new SemaphoreProtocol(
        spec, shuffle(permits, randomSource), deadline, requestDeadline, 0);
  }

  private static List<Permit> shuffle(List<Permit> permits, RandomSource randomSource) {
    for (int last = permits.size() - 1; last > 0; last--) {
      Collections.swap(permits, last, (int) (randomSource.jitter() * (last + 1)));
    }
    return permits;
  }

  /** Next step of an attempt. */
  public sealed interface Step {

    /**
     * Applies the function for the kind of this step.
     *
     * @param onAcquire function for {@link Acquire}
     * @param onPause function for {@link Pause}
     * @param onEnd function for {@link End}
     * @param <R> type of the result
     * @param <X> checked exception that the functions may throw
     * @return the result of the function
     * @throws X if the function throws it
     */
    <R, X extends Exception> R fold(
        ThrowingFunction<Acquire, R, X> onAcquire,
        ThrowingFunction<Pause, R, X> onPause,
        ThrowingFunction<End, R, X> onEnd)
        throws X;

    /**
     * Try one permit once, then call {@link SemaphoreProtocol#afterAttempt}.
     *
     * @param next the protocol state that continues
     * @param spec the request for the permit
     * @param limits limits without a wait
     */
    record Acquire(SemaphoreProtocol next, AcquireSpec spec, Attempt.Limits limits)
        implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Acquire, R, X> onAcquire,
          ThrowingFunction<Pause, R, X> onPause,
          ThrowingFunction<End, R, X> onEnd)
          throws X {
        return onAcquire.apply(this);
      }
    }

    /**
     * Wait, then call {@link SemaphoreProtocol#next}.
     *
     * @param next the protocol state that continues
     * @param nanos duration of the pause
     */
    record Pause(SemaphoreProtocol next, long nanos) implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Acquire, R, X> onAcquire,
          ThrowingFunction<Pause, R, X> onPause,
          ThrowingFunction<End, R, X> onEnd)
          throws X {
        return onPause.apply(this);
      }
    }

    /**
     * The attempt ends.
     *
     * @param outcome the outcome; a busy outcome has the row whose lease ends first
     */
    record End(AcquireStep.Outcome outcome) implements Step {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Acquire, R, X> onAcquire,
          ThrowingFunction<Pause, R, X> onPause,
          ThrowingFunction<End, R, X> onEnd)
          throws X {
        return onEnd.apply(this);
      }
    }
  }

  /**
   * Returns the next try.
   *
   * @param now the clocks now
   * @return the permit to try
   */
  public Step.Acquire next(ClockReading now) {
    Permit chosen = permits.stream().filter(s -> s.isDue(now)).findFirst().orElse(permits.get(0));
    List<Permit> order = new ArrayList<>(permits);
    order.remove(chosen);
    order.add(0, chosen);
    return new Step.Acquire(
        with(order, pauses), spec.withName(chosen.key()), singleAttemptLimits(now));
  }

  /** Returns limits for a single try. Only a single try without a wait may use the whole time. */
  private Attempt.Limits singleAttemptLimits(ClockReading now) {
    boolean first = permits.stream().noneMatch(Permit::attempted);
    long maxWait = first && !hasTimeLeft(now) ? 0 : Attempt.Limits.DEADLINE_PASSED;
    return new Attempt.Limits(maxWait, requestDeadlineNanos - now.monotonicNanos());
  }

  /**
   * Continues after a try.
   *
   * @param outcome the outcome of the try
   * @param observations the knowledge about the key of the permit, with this try
   * @param now the clocks now
   * @param randomSource source of jitter
   * @return the next step
   */
  public Step afterAttempt(
      AcquireStep.Outcome outcome,
      KeyObservations observations,
      ClockReading now,
      RandomSource randomSource) {
    return outcome.fold(
        acquired -> new Step.End(acquired),
        busy -> {
          long takeoverNanos =
              TakeoverTime.remainingNanos(busy.row(), spec.clockBounds(), observations, now);
          return afterBlocked(busy.attempt(), busy.row(), takeoverNanos, now, randomSource);
        },
        completed -> {
          long millis = completed.row().leaseTerm().expiresAtMillis() - now.wallMillis();
          long takeoverNanos = TimeUnit.MILLISECONDS.toNanos(millis);
          return afterBlocked(
              completed.attempt(), completed.row(), takeoverNanos, now, randomSource);
        },
        unrecognizedRow -> new Step.End(unrecognizedRow),
        failed -> pauseOrEnd(failed, failed.failure().kind().isTransient(), now, randomSource),
        skewExceeded -> new Step.End(skewExceeded),
        expired -> pauseOrEnd(expired, true, now, randomSource));
  }

  private Step pauseOrEnd(
      AcquireStep.Outcome outcome, boolean mayContinue, ClockReading now, RandomSource random) {
    return mayContinue && hasTimeLeft(now)
        ? rotated(attemptedPermit().withoutReply()).pause(now, random)
        : new Step.End(outcome);
  }

  private Permit attemptedPermit() {
    return permits.get(0);
  }

  private Step afterBlocked(
      Attempt attempt,
      LockRow row,
      long takeoverNanos,
      ClockReading now,
      RandomSource randomSource) {
    SemaphoreProtocol rotated = rotated(attemptedPermit().blockedBy(row, takeoverNanos, now));
    boolean mayCall = requestDeadlineNanos - now.monotonicNanos() > 0;
    if (mayCall && !rotated.permits.get(0).attempted()) {
      return rotated.next(now);
    }
    return hasTimeLeft(now)
        ? rotated.pause(now, randomSource)
        : new Step.End(new AcquireStep.Busy(attempt, rotated.earliestToExpire()));
  }

  /** Returns the row whose lease ends first; its permit is probably the first available one. */
  private LockRow earliestToExpire() {
    return permits.stream()
        .map(Permit::row)
        .flatMap(Stream::ofNullable)
        .min(Comparator.comparingLong(row -> row.leaseTerm().expiresAtMillis()))
        .orElseThrow();
  }

  private Step pause(ClockReading now, RandomSource randomSource) {
    long remainingWait = deadlineNanos - now.monotonicNanos();
    long untilDue = Long.MAX_VALUE;
    for (Permit permit : permits) {
      untilDue = Math.min(untilDue, permit.remainingNanos(now));
    }
    long nanos =
        Backoff.truncate(
            Backoff.exponential(pauses + 1, randomSource.jitter()), untilDue, remainingWait);
    return new Step.Pause(with(permits, pauses + 1), nanos);
  }

  private SemaphoreProtocol rotated(Permit permit) {
    List<Permit> order = new ArrayList<>(permits.subList(1, permits.size()));
    order.add(permit);
    return with(order, pauses);
  }

  private SemaphoreProtocol with(List<Permit> order, int newPauses) {
    return new SemaphoreProtocol(spec, order, deadlineNanos, requestDeadlineNanos, newPauses);
  }

  private boolean hasTimeLeft(ClockReading now) {
    return deadlineNanos - now.monotonicNanos() > 0;
  }
}
