package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.protocol.AcquireSpec;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.KeyObservations;
import dev.holdfast.lock.internal.protocol.Permit;
import dev.holdfast.lock.internal.protocol.SemaphoreProtocol;
import dev.holdfast.lock.internal.protocol.SemaphoreProtocol.Step;
import java.time.Duration;

/**
 * Execution of {@link SemaphoreProtocol}: acquires one of n permits. Used by one thread.
 *
 * @param engine shared state of the client
 * @param attemptRunner runner of the attempt for one permit
 */
record SemaphoreRunner(LockEngine engine, AttemptRunner attemptRunner) {

  /**
   * Runs attempts until one has an outcome for the caller. The attempt's deadline bounds the loop,
   * because each permit is tried at most once between two pauses.
   */
  AcquireStep.Outcome run(AcquireSpec spec, int permits, Attempt.Limits limits)
      throws InterruptedException {
    SemaphoreProtocol protocol =
        SemaphoreProtocol.start(spec, permits, limits, engine.now(), engine.randomSource());
    Step step = protocol.next(engine.now());
    while (!(step instanceof Step.End end)) {
      step = step.fold(this::acquire, this::pause, ended -> ended);
    }
    return end.outcome();
  }

  private Step acquire(Step.Acquire acquire) throws InterruptedException {
    String name = acquire.spec().name();
    AcquireStep.Outcome outcome = attemptRunner.run(acquire.spec(), acquire.limits());
    KeyObservations observations = engine.observations().get(name);
    Step next =
        acquire.next().afterAttempt(outcome, observations, engine.now(), engine.randomSource());
    if (next instanceof Step.Pause pause && outcome instanceof AcquireStep.Failed failed) {
      int attempt = outcome.attempt().retries() + 1;
      Duration backoff = Duration.ofNanos(pause.nanos());
      engine.notifier().publishBackoff(name, failed.failure().kind(), attempt, backoff);
    }
    return next;
  }

  private Step pause(Step.Pause pause) throws InterruptedException {
    ensureNotOwnPermits(pause.next());
    engine.timeSource().sleep(Duration.ofNanos(pause.nanos()));
    return pause.next().next(engine.now());
  }

  /** A thread that works under all permits would wait for itself. */
  private static void ensureNotOwnPermits(SemaphoreProtocol protocol) {
    boolean own =
        protocol.permits().stream()
            .map(Permit::row)
            .allMatch(row -> row != null && ActiveWork.OF_THIS_JVM.isOfThisThread(row));
    if (own) {
      throw ActiveWork.reentrant(protocol.spec().name());
    }
  }
}
