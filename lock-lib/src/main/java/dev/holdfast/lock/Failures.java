package dev.holdfast.lock;

import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Step;
import java.time.Duration;

/** The exception for an attempt that ended without an answer to "who has the lock". */
final class Failures {

  private Failures() {}

  /** For an attempt that was to wait and did not get the lock, whatever the reason. */
  static RuntimeException ofWaiting(LockRequest request, Duration wait, Step.Outcome outcome)
      throws InterruptedException {
    if (outcome instanceof Step.Busy busy) {
      return new LockUnavailableException(request, wait, Holder.of(busy.row()));
    }
    if (outcome instanceof Step.Done done) {
      return new AlreadyDoneException(Completion.answering(request, done.row()));
    }
    Interrupts.throwIfInterrupted(outcome);
    return of(outcome);
  }

  static RuntimeException of(Step.Outcome outcome) {
    String name = outcome.ended().claim().name();
    if (outcome instanceof Step.Foreign foreign) {
      return new ForeignRowException(name, foreign.reason());
    }
    if (outcome instanceof Step.ClockOff off) {
      return new LockClockException(name, off.beyond());
    }
    if (outcome instanceof Step.Failed failed) {
      return failed.failure().error();
    }
    return answeredTooLate(name);
  }

  /** For a write of a holder that the table did not answer, or refused for no reason of ours. */
  static RuntimeException ofHolder(String name, String operation, Reply.Failed failed) {
    return failed.mayHaveApplied()
        ? new LockOutcomeUnknownException(name, operation, failed.error())
        : failed.error();
  }

  static RuntimeException answeredTooLate(String name) {
    return new LockTableUnreachableException(
        "lock '"
            + name
            + "' was given back: the table answered only after the lease's validity was over; use"
            + " a longer lease, or find out why answers are slow",
        null);
  }
}
