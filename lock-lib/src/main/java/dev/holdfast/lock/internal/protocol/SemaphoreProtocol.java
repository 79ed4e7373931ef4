package dev.holdfast.lock.internal.protocol;

import dev.holdfast.lock.RandomSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How one of n permits is won: one immutable state of an attempt, asked what to do next.
 *
 * <p>Each permit is a lock of its own, in a {@link Permit}, so whatever makes one lock safe makes a
 * permit safe: n slots have at most n holders. The slots stand in a random order, so that askers
 * spread out, and are tried one at a time in rounds. The first round makes no pause: only a refusal
 * by every slot says that no permit is free. After it one slot is tried after each pause: the next
 * in order, or one whose holder's lease has ended meanwhile, since that one can be had for sure.
 * The earliest end of a lease that was seen bounds the pause and decides nothing else.
 *
 * @param spec what is wanted; its name is what the permits are of
 * @param permits all slots, the next one first
 * @param deadlineNanos monotonic time after which nothing more is tried
 * @param requestDeadlineNanos monotonic time by which every call must end
 * @param pauses how often the attempt has paused
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
   * Begins an attempt.
   *
   * @param spec what is wanted; its name is what the permits are of
   * @param permitCount how many there are
   * @param limits how long to try, and by when every call must end
   * @param now the clocks now
   * @param randomSource random draws
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

  /** What to do next. */
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
     * Try one slot once, then ask {@link SemaphoreProtocol#afterAttempt}.
     *
     * @param next who is to be asked
     * @param spec what is wanted of the slot
     * @param limits no wait, and by when every call must end
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
     * Wait, then ask {@link SemaphoreProtocol#next}.
     *
     * @param next who is to be asked
     * @param nanos how long to wait
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
     * The attempt is over.
     *
     * @param outcome what it came to; busy with the row whose lease ends first
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
   * The next try.
   *
   * @param now the clocks now
   * @return which slot to try
   */
  public Step.Acquire next(ClockReading now) {
    Permit chosen = permits.stream().filter(s -> s.isDue(now)).findFirst().orElse(permits.get(0));
    List<Permit> order = new ArrayList<>(permits);
    order.remove(chosen);
    order.add(0, chosen);
    return new Step.Acquire(
        with(order, pauses), spec.withName(chosen.key()), singleAttemptLimits(now));
  }

  /** A single try. Unless it is the only one there is, its call is bounded to one attempt. */
  private Attempt.Limits singleAttemptLimits(ClockReading now) {
    boolean first = permits.stream().noneMatch(Permit::attempted);
    long maxWait = first && !hasTimeLeft(now) ? 0 : Attempt.Limits.DEADLINE_PASSED;
    return new Attempt.Limits(maxWait, requestDeadlineNanos - now.monotonicNanos());
  }

  /**
   * Goes on after a try.
   *
   * @param outcome what the try came to
   * @param observations what is known of the slot's key, this try included
   * @param now the clocks now
   * @param randomSource random draws
   * @return what to do next
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

  /** The row whose lease ends first of those that stood in the way: the best that can be told. */
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
