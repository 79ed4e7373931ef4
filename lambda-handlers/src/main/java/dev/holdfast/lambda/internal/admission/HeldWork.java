package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.log.LogContext;
import dev.holdfast.lambda.model.LockMetric;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.ResultTooLargeException;
import dev.holdfast.lock.StoredResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows that are held for one piece of work: the resource's, the event's, or both. Run the work
 * or close it.
 */
public final class HeldWork implements AutoCloseable {
  private final WorkGuard workGuard;
  private final Optional<WorkLock> resourceLock;
  private final Optional<EventLock> eventLock;
  private boolean completed;

  /**
   * The row of an event that will be remembered.
   *
   * @param workLock held until then
   * @param deduplication what will be kept
   */
  record EventLock(WorkLock workLock, DeduplicationSettings deduplication) {}

  /** What is to be kept of work that returned. */
  public sealed interface WorkOutcome {

    /** Nothing: it did not come to anything, and may be tried again. */
    record NotCompleted() implements WorkOutcome {}

    /** That it is done. */
    record Completed() implements WorkOutcome {}

    /** That it is done, and its result where results are kept. */
    record CompletedWithResult(String json) implements WorkOutcome {}
  }

  HeldWork(WorkGuard workGuard, Optional<WorkLock> resourceLock, Optional<EventLock> eventLock) {
    this.workGuard = workGuard;
    this.resourceLock = resourceLock;
    this.eventLock = eventLock;
  }

  private HeldLock primaryLock() {
    return resourceLock.or(() -> eventLock.map(EventLock::workLock)).orElseThrow().lock();
  }

  /** Works, remembers the event, releases the resource; work that throws is not remembered. */
  public <T, X extends Exception> T run(LockCallback<Lease, T, X> work) throws X {
    return run(work, result -> new WorkOutcome.Completed());
  }

  /** As {@link #run(LockCallback)}, with a choice of what is kept. */
  public <T, X extends Exception> T run(
      LockCallback<Lease, T, X> work, Function<? super T, WorkOutcome> outcomeOf) throws X {
    try {
      T result = runMeasured(work);
      recordOutcome(outcomeOf.apply(result));
      workGuard.log().succeeded(primaryLock().name());
      return result;
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

  /** Under both rows, where there are two; the work is given the resource's. */
  private <T, X extends Exception> T runUnderLocks(LockCallback<Lease, T, X> work) throws X {
    if (resourceLock.isPresent() && eventLock.isPresent()) {
      return eventLock.get().workLock().run(lease -> resourceLock.get().run(work));
    }
    return resourceLock.or(() -> eventLock.map(EventLock::workLock)).orElseThrow().run(work);
  }

  private void recordOutcome(WorkOutcome outcome) {
    if (!(outcome instanceof WorkOutcome.NotCompleted)) {
      eventLock.ifPresent(completedEvent -> complete(completedEvent, outcome));
    }
  }

  /** The work is done whatever comes of this: at worst the event is handled once more. */
  private void complete(EventLock completedEvent, WorkOutcome outcome) {
    completed = true;
    try {
      Optional<StoredResult> storedResult = storedResult(completedEvent, outcome);
      if (storedResult.isPresent()) {
        completedEvent
            .workLock()
            .lock()
            .complete(completedEvent.deduplication().retention(), storedResult.get());
      } else {
        completedEvent.workLock().lock().complete(completedEvent.deduplication().retention());
      }
    } catch (ResultTooLargeException e) {
      workGuard.log().resultNotStored(completedEvent.workLock().lock().name(), e);
    } catch (LockException e) {
      workGuard.metrics().increment(LockMetric.COMPLETION_FAILED);
      workGuard.log().completionFailed(completedEvent.workLock().lock().name(), e);
    }
  }

  private static Optional<StoredResult> storedResult(
      EventLock completedEvent, WorkOutcome outcome) {
    return outcome instanceof WorkOutcome.CompletedWithResult completedWork
        ? completedEvent
            .deduplication()
            .maxResultBytes()
            .map(bytes -> StoredResult.of(completedWork.json()).withMaxBytes(bytes))
        : Optional.empty();
  }

  /** Gives back what is still held. Never throws. */
  @Override
  public void close() {
    resourceLock.ifPresent(held -> release(held.lock()));
    eventLock.ifPresent(held -> releaseEventLock(held.workLock().lock()));
  }

  private void releaseEventLock(HeldLock lock) {
    if (completed) {
      workGuard.releaseQuietly(lock);
    } else {
      release(lock);
    }
  }

  private void release(HeldLock lock) {
    try {
      countOutcome(lock.release());
    } catch (RuntimeException e) {
      workGuard.metrics().increment(LockMetric.RELEASE_FAILED);
      workGuard.log().releaseFailed(lock.name(), e);
    } finally {
      workGuard.lockAccess().reentrancyCheck().remove(lock.name());
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
