package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.engine.WaitQueue.Waiter;
import dev.holdfast.lock.internal.engine.WaitQueues.WaitStatus;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.KeyObservations;
import dev.holdfast.lock.internal.protocol.YieldPolicy;
import java.time.Duration;
import java.util.Optional;

/** Waits until it is this place's turn to ask the table. Used by one thread. */
record QueuedAttempt(AttemptRunner attemptRunner, Waiter waiter, Attempt attempt) {

  /** Empty when it is this place's turn; busy where the deadline came first. */
  Optional<AcquireStep.Outcome> await() throws InterruptedException {
    WaitStatus status = awaitHeadOfQueue();
    if (status.waitNanos() <= 0 && yieldIfRequired()) {
      status = awaitHeadOfQueue();
    }
    return status.waitNanos() > 0 && status.blockingRow() != null
        ? Optional.of(new AcquireStep.Busy(attempt, status.blockingRow()))
        : Optional.empty();
  }

  /**
   * Pauses between two tries: until there is a reason to look again that was not there when the
   * table was asked, and while somebody in this JVM who did not stand in line has the lock.
   */
  void pause(long nanos) throws InterruptedException {
    attemptRunner.timeSource().await(waiter.signalAtRequest(), Duration.ofNanos(nanos));
    awaitHeadOfQueue();
  }

  private WaitStatus awaitHeadOfQueue() throws InterruptedException {
    ClockReading now = attemptRunner.now();
    WaitStatus status = attemptRunner.waitQueues().status(waiter, now);
    while (status.waitNanos() > 0 && attempt.remainingWaitNanos(now) > 0) {
      long nanos = Math.min(status.waitNanos(), attempt.remainingWaitNanos(now));
      attemptRunner.timeSource().await(status.signal(), Duration.ofNanos(nanos));
      now = attemptRunner.now();
      status = attemptRunner.waitQueues().status(waiter, now);
    }
    return status;
  }

  /** Lets others by where it must. While it does, one who does not stand in line may come first. */
  private boolean yieldIfRequired() throws InterruptedException {
    ClockReading now = attemptRunner.now();
    KeyObservations observations = attemptRunner.observations().get(waiter.name());
    YieldPolicy yieldPolicy = attemptRunner.waitQueues().yieldPolicy(waiter);
    if (!yieldPolicy.mustYield(waiter.hasWaitedForHolder(), observations, now)) {
      return false;
    }
    attemptRunner.waitQueues().onYielded(waiter);
    long yieldNanos =
        yieldPolicy.yieldNanos(attempt.spec(), observations, now, attemptRunner.randomSource());
    long nanos = Math.min(yieldNanos, attempt.remainingWaitNanos(now));
    if (nanos > 0) {
      attemptRunner.timeSource().sleep(Duration.ofNanos(nanos));
    }
    return true;
  }
}
