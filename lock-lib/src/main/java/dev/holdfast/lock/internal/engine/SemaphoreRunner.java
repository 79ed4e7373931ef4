package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.internal.protocol.AcquireSpec;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.KeyObservations;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.SemaphoreProtocol;
import dev.holdfast.lock.internal.protocol.SemaphoreProtocol.Step;
import java.time.Duration;

/** Runs attempts to win one of n permits, as {@link SemaphoreProtocol} says. */
public record SemaphoreRunner(AttemptRunner attemptRunner) {

  /** Bounded by the attempt's deadline: between two pauses each slot is tried once at most. */
  public AcquireStep.Outcome run(AcquireSpec spec, int permits, Attempt.Limits limits)
      throws InterruptedException {
    SemaphoreProtocol protocol =
        SemaphoreProtocol.start(
            spec, permits, limits, attemptRunner.now(), attemptRunner.randomSource());
    Step move = protocol.next(attemptRunner.now());
    while (!(move instanceof Step.End)) {
      move = execute(move);
    }
    return ((Step.End) move).outcome();
  }

  private Step execute(Step move) throws InterruptedException {
    if (move instanceof Step.Pause pause) {
      attemptRunner.timeSource().sleep(Duration.ofNanos(pause.nanos()));
      return pause.next().next(attemptRunner.now());
    }
    Step.Acquire tryMove = (Step.Acquire) move;
    AcquireStep.Outcome outcome = attemptRunner.run(tryMove.spec(), tryMove.limits());
    KeyObservations observations = attemptRunner.observations().get(tryMove.spec().name());
    Step following =
        tryMove
            .next()
            .afterAttempt(outcome, observations, attemptRunner.now(), attemptRunner.randomSource());
    if (following instanceof Step.Pause pause && isThrottled(outcome)) {
      int attempt = outcome.attempt().retries() + 1;
      Duration backoff = Duration.ofNanos(pause.nanos());
      attemptRunner.notifier().publishThrottled(tryMove.spec().name(), attempt, backoff);
    }
    return following;
  }

  private static boolean isThrottled(AcquireStep.Outcome outcome) {
    return outcome instanceof AcquireStep.Failed failed
        && failed.failure().kind() == Reply.FailureKind.THROTTLED;
  }
}
