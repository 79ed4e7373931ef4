package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.UnrecognizedRowException;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.function.Function;

/** Conversion of the protocol's outcomes to results and exceptions of the public API. */
final class OutcomeErrors {

  private OutcomeErrors() {}

  /** Returns acquired, busy and completed as a value, and throws all other outcomes. */
  static Acquisition acquisition(
      LockRequest request,
      AcquireStep.Outcome outcome,
      Function<AcquireStep.Acquired, ? extends HeldLock> toHeldLock) {
    return outcome.fold(
        acquired -> new Acquisition.Acquired(toHeldLock.apply(acquired)),
        busy -> new Acquisition.Busy(ApiMapper.holder(busy.row())),
        completed -> new Acquisition.Completed(ApiMapper.completion(request, completed.row())),
        unrecognized -> {
          throw error(unrecognized);
        },
        failed -> {
          throw failed.failure().error();
        },
        skewExceeded -> {
          throw error(skewExceeded);
        },
        expired -> {
          throw replyTooLate(expired.attempt().spec().name());
        });
  }

  /** Returns the exception for a call that did not acquire a lock for which it waited. */
  static RuntimeException forWait(
      LockRequest request, Duration maxWait, AcquireStep.Outcome outcome)
      throws InterruptedException {
    throwIfInterrupted(outcome);
    return outcome.fold(
        acquired ->
            new IllegalStateException("lock " + LogText.quote(request.name()) + " is acquired"),
        busy -> new LockUnavailableException(request, maxWait, ApiMapper.holder(busy.row())),
        completed -> new AlreadyCompletedException(ApiMapper.completion(request, completed.row())),
        OutcomeErrors::error,
        failed -> failed.failure().error(),
        OutcomeErrors::error,
        expired -> replyTooLate(expired.attempt().spec().name()));
  }

  /** Throws if the outcome is that an interrupt ended the request; clears the interrupt. */
  static void throwIfInterrupted(AcquireStep.Outcome outcome) throws InterruptedException {
    boolean interrupted =
        outcome instanceof AcquireStep.Failed failed
            && failed.failure().kind() == Reply.FailureKind.INTERRUPTED;
    if (interrupted) {
      Thread.interrupted();
      throw interruptedException(outcome.attempt().spec().name());
    }
  }

  /** Throws if this thread is interrupted; clears the interrupt. */
  static void throwIfInterrupted(String name) throws InterruptedException {
    if (Thread.interrupted()) {
      throw interruptedException(name);
    }
  }

  private static InterruptedException interruptedException(String name) {
    return new InterruptedException("interrupted while acquiring lock " + LogText.quote(name));
  }

  private static RuntimeException error(AcquireStep.UnrecognizedRow unrecognized) {
    return new UnrecognizedRowException(
        unrecognized.attempt().spec().name(), unrecognized.reason());
  }

  private static RuntimeException error(AcquireStep.ClockSkewExceeded exceeded) {
    return new ClockSkewException(exceeded.attempt().spec().name(), exceeded.skew().offset());
  }

  /** Returns the exception for a write of a holder that failed. */
  static RuntimeException forHolderWrite(String name, String operation, Reply.Failed failed) {
    return failed.mayHaveApplied()
        ? new LockOutcomeUnknownException(name, operation, failed.error())
        : failed.error();
  }

  static RuntimeException replyTooLate(String name) {
    return new LockTableUnreachableException(
        "lock "
            + LogText.quote(name)
            + " is released again: the table replied after the lease had expired; use a longer"
            + " lease, or find out why replies are slow",
        null);
  }
}
