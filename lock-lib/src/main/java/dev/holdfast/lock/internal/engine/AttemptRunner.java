package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.engine.WaitQueue.Waiter;
import dev.holdfast.lock.internal.engine.WaitQueues.WaitStatus;
import dev.holdfast.lock.internal.protocol.AcquireProtocol;
import dev.holdfast.lock.internal.protocol.AcquireSpec;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.ClockBounds;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import dev.holdfast.lock.internal.protocol.KeyObservations;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.LockStore;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.YieldPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Execution of {@link AcquireProtocol}: reads the clocks, sends requests, pauses, and records
 * observations. The protocol makes every decision. Used by one thread, for one call, and for one
 * lock after the other.
 *
 * <p>An attempt that may wait first enters the {@link WaitQueue} of its lock, and keeps its
 * position until {@link #leaveQueue}. An attempt that never waits does not enter the queue.
 */
final class AttemptRunner {
  private final LockEngine engine;
  private final AcquireEvents events;
  private final boolean rejectsOwnLock;
  private @Nullable Waiter queuedWaiter;
  private Waiter waiter = new Waiter("");

  /**
   * Creates a runner.
   *
   * @param engine shared state of the client
   * @param rejectsOwnLock whether an attempt fails at once if this thread works under the lock
   */
  AttemptRunner(LockEngine engine, boolean rejectsOwnLock) {
    this.engine = engine;
    this.rejectsOwnLock = rejectsOwnLock;
    this.events = new AcquireEvents(engine);
  }

  /**
   * Runs an attempt until it has an outcome. The attempt's deadline bounds the loop, because the
   * protocol sends a limited number of requests between two pauses.
   */
  AcquireStep.Outcome run(AcquireSpec spec, Attempt.Limits limits) throws InterruptedException {
    boolean mayWait = limits.maxWaitNanos() > 0;
    waiter = mayWait ? enqueue(spec.name()) : new Waiter(spec.name());
    Attempt attempt = Attempt.start(spec, limits, engine.now());
    if (mayWait) {
      Optional<AcquireStep.Outcome> timedOut = awaitTurn(attempt);
      if (timedOut.isPresent()) {
        return timedOut.get();
      }
    }
    AcquireStep step = firstStep(attempt);
    while (!(step instanceof AcquireStep.Outcome outcome)) {
      step = step.fold(this::send, this::pause, this::compensate, ended -> ended);
    }
    return record(undoIfSkewExceeded(outcome, spec.clockBounds()));
  }

  private Waiter enqueue(String name) {
    Waiter queued = queuedWaiter == null ? engine.waitQueues().enqueue(name) : queuedWaiter;
    queuedWaiter = queued;
    return queued;
  }

  /** Leaves the wait queue, if an attempt entered one. */
  void leaveQueue() {
    if (queuedWaiter != null) {
      engine.waitQueues().remove(queuedWaiter);
      queuedWaiter = null;
    }
  }

  /** Publishes the outcome of an acquire to the client's listener. */
  void publish(AcquireStep.Outcome outcome) {
    events.publish(outcome);
  }

  private AcquireStep firstStep(Attempt attempt) {
    ClockReading now = engine.now();
    boolean skewExceeded =
        engine.checkClockSkew(waiter.name(), now, attempt.spec().clockBounds()).isPresent();
    Attempt adjusted = skewExceeded ? attempt.withoutWallClock() : attempt;
    KeyObservations observations = engine.observations().get(waiter.name());
    return AcquireProtocol.start(adjusted, now, observations, engine.randomSource());
  }

  private AcquireStep send(AcquireStep.Send send) {
    waiter.markRequestSent();
    ClockReading sent = engine.now();
    LockStore.TimedReply answer = engine.lockStore().send(send.write(), send.timeouts());
    ClockReading received = engine.now();
    engine.clockSkewMonitor().observe(sent, received, answer.serverTimeMillis());
    events.onReply(answer.reply());
    return nextStep(send, answer.reply(), received);
  }

  private AcquireStep nextStep(AcquireStep.Send send, Reply reply, ClockReading received) {
    String name = send.write().name();
    KeyObservations updated =
        engine.observations().update(name, known -> known.afterReply(reply, received));
    if (reply instanceof Reply.Rejected rejected && rejected.current() instanceof LockRow row) {
      engine.waitQueues().onRowObserved(row);
    }
    AcquireStep step = send.next().onReply(reply, received, updated, engine.randomSource());
    if (reply instanceof Reply.Rejected rejected
        && (step instanceof AcquireStep.Pause || step instanceof AcquireStep.Busy)
        && rejected.current() instanceof LockRow row) {
      engine.observations().update(name, known -> known.withOrphans(attemptOf(step).orphans()));
      ensureNotOwnLock(row);
    }
    if (reply instanceof Reply.Failed failed && step instanceof AcquireStep.Pause pause) {
      int retries = send.next().attempt().retries() + 1;
      Duration backoff = Duration.ofNanos(pause.nanos());
      engine.notifier().publishBackoff(name, failed.kind(), retries, backoff);
    }
    return step;
  }

  /**
   * Pauses between two requests. The pause ends early if the lock was released in this JVM after
   * the last request was sent. It lasts longer if another thread of this JVM holds the lock.
   */
  private AcquireStep pause(AcquireStep.Pause pause) throws InterruptedException {
    Attempt attempt = pause.next().attempt();
    String name = attempt.spec().name();
    try {
      engine.timeSource().await(waiter.signalAtRequest(), Duration.ofNanos(pause.nanos()));
      awaitHeadOfQueue(attempt);
    } catch (InterruptedException e) {
      engine.observations().update(name, known -> known.withOrphans(attempt.orphans()));
      pause
          .next()
          .onInterrupt(engine.now())
          .ifPresent(write -> engine.abandon(write, attempt.requestDeadlineNanos()));
      throw e;
    }
    return pause
        .next()
        .onPauseEnd(engine.now(), engine.observations().get(name), engine.randomSource());
  }

  private void ensureNotOwnLock(LockRow row) {
    if (rejectsOwnLock && ActiveWork.OF_THIS_JVM.isOfThisThread(row)) {
      throw ActiveWork.reentrant(row.name());
    }
  }

  private AcquireStep compensate(AcquireStep.Compensate compensate) {
    Attempt attempt = attemptOf(compensate.then());
    engine.abandon(compensate.write(), attempt.requestDeadlineNanos());
    return compensate.then();
  }

  private static Attempt attemptOf(AcquireStep step) {
    return step.fold(
        send -> send.next().attempt(),
        pause -> pause.next().attempt(),
        compensate -> attemptOf(compensate.then()),
        AcquireStep.Outcome::attempt);
  }

  /** Waits for the head of the queue; returns a busy outcome if the deadline elapses first. */
  private Optional<AcquireStep.Outcome> awaitTurn(Attempt attempt) throws InterruptedException {
    WaitStatus status = awaitHeadOfQueue(attempt);
    if (status.waitNanos() <= 0 && yieldIfRequired(attempt)) {
      status = awaitHeadOfQueue(attempt);
    }
    return status.waitNanos() > 0 && status.blockingRow() != null
        ? Optional.of(new AcquireStep.Busy(attempt, status.blockingRow()))
        : Optional.empty();
  }

  private WaitStatus awaitHeadOfQueue(Attempt attempt) throws InterruptedException {
    ClockReading now = engine.now();
    WaitStatus status = engine.waitQueues().status(waiter, now);
    if (status.waitNanos() > 0 && status.blockingRow() != null) {
      ensureNotOwnLock(status.blockingRow());
    }
    while (status.waitNanos() > 0 && attempt.remainingWaitNanos(now) > 0) {
      long nanos = Math.min(status.waitNanos(), attempt.remainingWaitNanos(now));
      engine.timeSource().await(status.signal(), Duration.ofNanos(nanos));
      now = engine.now();
      status = engine.waitQueues().status(waiter, now);
    }
    return status;
  }

  /** Sleeps if other hosts must get a chance. A thread outside the queue may acquire meanwhile. */
  private boolean yieldIfRequired(Attempt attempt) throws InterruptedException {
    ClockReading now = engine.now();
    KeyObservations observations = engine.observations().get(waiter.name());
    YieldPolicy yieldPolicy = engine.waitQueues().yieldPolicy(waiter);
    if (!yieldPolicy.mustYield(waiter.hasWaitedForHolder(), observations, now)) {
      return false;
    }
    engine.waitQueues().onYielded(waiter);
    long yieldNanos =
        yieldPolicy.yieldNanos(attempt.spec(), observations, now, engine.randomSource());
    long nanos = Math.min(yieldNanos, attempt.remainingWaitNanos(now));
    if (nanos > 0) {
      engine.timeSource().sleep(Duration.ofNanos(nanos));
    }
    return true;
  }

  /** Undoes an acquire whose reply shows that this host's clock skew is too large. */
  private AcquireStep.Outcome undoIfSkewExceeded(AcquireStep.Outcome outcome, ClockBounds bounds) {
    ClockReading now = engine.now();
    Attempt ended = outcome.attempt();
    Optional<Skew> skewExceeded = engine.checkClockSkew(ended.spec().name(), now, bounds);
    if (!(outcome instanceof AcquireStep.Acquired granted) || skewExceeded.isEmpty()) {
      return outcome;
    }
    granted
        .hold()
        .undo(granted.previous(), now)
        .ifPresent(write -> engine.abandon(write, ended.requestDeadlineNanos()));
    return new AcquireStep.ClockSkewExceeded(ended, skewExceeded.get());
  }

  private AcquireStep.Outcome record(AcquireStep.Outcome outcome) {
    Attempt ended = outcome.attempt();
    String name = ended.spec().name();
    if (outcome instanceof AcquireStep.Acquired granted) {
      engine
          .observations()
          .update(name, known -> known.afterAcquire(granted.hold(), ended.orphans()));
      engine.waitQueues().onHoldStarted(granted.hold(), ended.progress().pauses(), engine.now());
    } else if (!ended.orphans().isEmpty()) {
      engine.observations().update(name, known -> known.withOrphans(ended.orphans()));
    }
    return outcome;
  }
}
