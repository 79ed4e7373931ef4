package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.log.LogContext;
import dev.holdfast.lambda.internal.time.RenewalSettings;
import dev.holdfast.lambda.model.LockLossPolicy;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.ResultTooLargeException;
import dev.holdfast.lock.StoredResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Locks that are held for one piece of work: the resource's, the event's or both. The caller runs
 * the work or closes it. Used by one thread.
 */
public final class HeldWork implements AutoCloseable {
  private final WorkGuard workGuard;
  private final Map<HeldLock, KeepAlive> interruptingKeepAlives = new HashMap<>();
  private @Nullable HeldLock resourceLock;
  private @Nullable HeldLock eventLock;
  private boolean completed;

  /**
   * Answer of work that has returned, and the part of it that the idempotency record keeps.
   *
   * @param answer the answer to the caller
   * @param completesEvent whether the event is completed; otherwise it may be processed again
   * @param storedResult the result for duplicates, if the guard stores results
   * @param <A> the type of the answer
   */
  public record Finished<A extends @Nullable Object>(
      A answer, boolean completesEvent, Optional<StoredResult> storedResult) {

    /** Returns an answer without a result for duplicates. */
    static <A extends @Nullable Object> Finished<A> withoutResult(A answer) {
      return new Finished<>(answer, true, Optional.empty());
    }
  }

  HeldWork(WorkGuard workGuard) {
    this.workGuard = workGuard;
  }

  void addResourceLock(HeldLock lock) {
    resourceLock = lock;
    startRenewal(lock);
  }

  void addEventLock(HeldLock lock) {
    eventLock = lock;
    startRenewal(lock);
  }

  private void startRenewal(HeldLock lock) {
    Optional<RenewalSettings> renewal = workGuard.config().timeBudget().renewal();
    if (renewal.isPresent()) {
      KeepAlive keepAlive = lock.keepAlive();
      if (renewal.get().lossPolicy() == LockLossPolicy.INTERRUPT) {
        interruptingKeepAlives.put(lock, keepAlive);
      }
    }
  }

  private HeldLock primaryLock() {
    HeldLock lock = resourceLock == null ? eventLock : resourceLock;
    return Objects.requireNonNull(lock, "work without a lock");
  }

  /** Runs the work, completes the event and releases the resource. */
  public <T, X extends Exception> T run(LockCallback<Lease, T, X> work) throws X {
    return run(work, Finished::withoutResult);
  }

  /**
   * Runs the work, completes the event and releases the resource. The event is not completed if the
   * work throws.
   *
   * @param finish turns the result of the work into an answer
   */
  public <T extends @Nullable Object, A extends @Nullable Object, X extends Exception> A run(
      LockCallback<Lease, T, X> work, Function<? super T, Finished<A>> finish) throws X {
    try {
      A answer = recordOutcome(runMeasured(work), finish);
      workGuard.log().succeeded(primaryLock().name());
      return answer;
    } finally {
      close();
    }
  }

  private <T, X extends Exception> T runMeasured(LockCallback<Lease, T, X> work) throws X {
    Duration remainingAtStart = workGuard.invocation().remainingTime();
    workGuard.metrics().increment(LockMetric.ACQUIRED);
    workGuard.metrics().set(LockMetric.REMAINING_TIME_AT_START, remainingAtStart);
    try {
      return LogContext.callWithLockName(primaryLock(), lease -> runUnderLocks(work));
    } catch (Throwable e) {
      workGuard.metrics().increment(LockMetric.FAILED);
      throw e;
    } finally {
      workGuard
          .metrics()
          .add(
              LockMetric.WORK_TIME, remainingAtStart.minus(workGuard.invocation().remainingTime()));
      if (!primaryLock().isHeld()) {
        workGuard.metrics().increment(LockMetric.LOST);
      }
    }
  }

  /** Passes the resource's lease to the work if there are two locks. */
  private <T, X extends Exception> T runUnderLocks(LockCallback<Lease, T, X> work) throws X {
    return resourceLock == null || eventLock == null
        ? runUnder(primaryLock(), work)
        : runUnder(eventLock, lease -> runUnder(primaryLock(), work));
  }

  /** Does not start work under a lock that was lost while the other lock was acquired. */
  private <T, X extends Exception> T runUnder(HeldLock lock, LockCallback<Lease, T, X> work)
      throws X {
    KeepAlive keepAlive = interruptingKeepAlives.get(lock);
    return keepAlive == null ? lock.call(work) : keepAlive.call(work);
  }

  /**
   * Completes the event. If the result forms no answer, the event is completed without a result,
   * since its work has run and must not run again.
   */
  private <T extends @Nullable Object, A extends @Nullable Object> A recordOutcome(
      T result, Function<? super T, Finished<A>> finish) {
    boolean completesEvent = true;
    Optional<StoredResult> storedResult = Optional.empty();
    try {
      Finished<A> finished = finish.apply(result);
      completesEvent = finished.completesEvent();
      storedResult = finished.storedResult();
      return finished.answer();
    } catch (RuntimeException | Error e) {
      workGuard.metrics().increment(LockMetric.FAILED);
      throw e;
    } finally {
      if (eventLock != null && completesEvent) {
        complete(eventLock, storedResult);
      }
    }
  }

  /** Logs a failure only: the work has run, and at worst the event is processed once more. */
  private void complete(HeldLock lock, Optional<StoredResult> result) {
    completed = true;
    DeduplicationSettings settings = workGuard.config().deduplication().orElseThrow();
    try {
      Optional<StoredResult> bounded =
          settings.maxResultBytes().flatMap(bytes -> result.map(r -> r.withMaxBytes(bytes)));
      if (bounded.isPresent()) {
        lock.complete(settings.retention(), bounded.get());
      } else {
        lock.complete(settings.retention());
      }
    } catch (ResultTooLargeException e) {
      workGuard.log().resultNotStored(lock.name(), e);
    } catch (LockException e) {
      workGuard.metrics().increment(LockMetric.COMPLETION_FAILED);
      workGuard.log().completionFailed(lock.name(), e);
    }
  }

  /** Releases the locks that are still held and counts the outcomes. Never throws. */
  @Override
  public void close() {
    if (resourceLock != null) {
      release(resourceLock);
    }
    if (eventLock != null && completed) {
      eventLock.close();
    } else if (eventLock != null) {
      release(eventLock);
    }
  }

  /** Releases the locks of work that is not admitted. Never throws and counts nothing. */
  void abandon() {
    if (resourceLock != null) {
      resourceLock.close();
    }
    if (eventLock != null) {
      eventLock.close();
    }
  }

  private void release(HeldLock lock) {
    try {
      countOutcome(lock.release());
    } catch (RuntimeException e) {
      workGuard.metrics().increment(LockMetric.RELEASE_FAILED);
      workGuard.log().releaseFailed(lock.name(), e);
    }
  }

  private void countOutcome(ReleaseOutcome outcome) {
    if (outcome == ReleaseOutcome.LOCK_LOST) {
      workGuard.metrics().increment(LockMetric.LATE_RELEASE);
    } else if (outcome == ReleaseOutcome.UNKNOWN) {
      workGuard.metrics().increment(LockMetric.RELEASE_FAILED);
    }
  }
}
