package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.UnrecognizedRowException;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Reply;
import java.time.Duration;

/** The exception for an attempt that ended without an answer to "who has the lock". */
public final class OutcomeErrors {

  private OutcomeErrors() {}

  /** For an attempt that was to wait and did not get the lock, whatever the reason. */
  public static RuntimeException forWait(
      LockRequest request, Duration maxWait, AcquireStep.Outcome outcome)
      throws InterruptedException {
    if (outcome instanceof AcquireStep.Busy busy) {
      return new LockUnavailableException(request, maxWait, Holder.fromRow(busy.row()));
    }
    if (outcome instanceof AcquireStep.Completed completed) {
      return new AlreadyCompletedException(Completion.forRequest(request, completed.row()));
    }
    Interrupts.throwIfInterrupted(outcome);
    return forOutcome(outcome);
  }

  public static RuntimeException forOutcome(AcquireStep.Outcome outcome) {
    String name = outcome.attempt().spec().name();
    if (outcome instanceof AcquireStep.UnrecognizedRow unrecognized) {
      return new UnrecognizedRowException(name, unrecognized.reason());
    }
    if (outcome instanceof AcquireStep.ClockSkewExceeded skewExceeded) {
      return new ClockSkewException(name, skewExceeded.skew());
    }
    if (outcome instanceof AcquireStep.Failed failed) {
      return failed.failure().error();
    }
    return replyTooLate(name);
  }

  /** For a write of a holder that the table did not answer, or refused for no reason of ours. */
  public static RuntimeException forHolderWrite(
      String name, String operation, Reply.Failed failed) {
    return failed.mayHaveApplied()
        ? new LockOutcomeUnknownException(name, operation, failed.error())
        : failed.error();
  }

  static RuntimeException replyTooLate(String name) {
    return new LockTableUnreachableException(
        "lock '"
            + name
            + "' was given back: the table answered only after the lease's validity was over; use"
            + " a longer lease, or find out why answers are slow",
        null);
  }
}
