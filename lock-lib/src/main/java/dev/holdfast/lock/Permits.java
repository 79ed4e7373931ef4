package dev.holdfast.lock;

import dev.holdfast.lock.protocol.Attempt;
import dev.holdfast.lock.protocol.Claim;
import dev.holdfast.lock.protocol.Memory;
import dev.holdfast.lock.protocol.Permitting;
import dev.holdfast.lock.protocol.Permitting.Move;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Step;
import java.time.Duration;

/** Runs attempts to win one of n permits, as {@link Permitting} says. */
record Permits(Shell shell) {

  /** Bounded by the attempt's deadline: between two pauses each slot is tried once at most. */
  Step.Outcome run(Claim claim, int permits, Attempt.Limits limits) throws InterruptedException {
    Permitting start = Permitting.start(claim, permits, limits, shell.now(), shell.draws());
    Move move = start.next(shell.now());
    while (!(move instanceof Move.End)) {
      move = next(move);
    }
    return ((Move.End) move).outcome();
  }

  private Move next(Move move) throws InterruptedException {
    if (move instanceof Move.Pause pause) {
      shell.time().sleep(Duration.ofNanos(pause.nanos()));
      return pause.next().next(shell.now());
    }
    Move.Try next = (Move.Try) move;
    Step.Outcome outcome = shell.run(next.claim(), next.limits());
    Memory memory = shell.memories().of(next.claim().name());
    Move after = next.next().after(outcome, memory, shell.now(), shell.draws());
    if (after instanceof Move.Pause pause && isThrottled(outcome)) {
      int attempt = outcome.ended().tries() + 1;
      Duration wait = Duration.ofNanos(pause.nanos());
      shell.listening().throttled(next.claim().name(), attempt, wait);
    }
    return after;
  }

  private static boolean isThrottled(Step.Outcome outcome) {
    return outcome instanceof Step.Failed failed
        && failed.failure().fault() == Reply.Fault.THROTTLED;
  }
}
