package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.lock.TransferRefusedException.Reason;
import dev.holdfast.lock.UnrecognizedRowException;
import dev.holdfast.lock.internal.protocol.AcquireSpec;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.Transfer;
import dev.holdfast.lock.internal.protocol.TransferProtocol;
import dev.holdfast.lock.internal.protocol.TransferProtocol.Result;
import java.time.Duration;
import java.util.Optional;

/**
 * Redeems tickets: sends what the protocol says, and says what is wrong.
 *
 * @param attemptRunner the way to the table
 * @param defaults who redeems, and how far clocks are trusted
 */
public record TransferReceiver(AttemptRunner attemptRunner, RequestDefaults defaults) {

  public HeldLock resume(String text) {
    Transfer transfer = TransferCodec.decode(text);
    checkTable(transfer);
    AcquireSpec spec = defaults.acquireSpec(transfer);
    TransferProtocol protocol =
        TransferProtocol.start(transfer, spec, attemptRunner.now(), attemptRunner.randomSource());
    if (transfer.isExpired(protocol.validFrom(), spec.clockBounds())) {
      throw refusal(Reason.EXPIRED, transfer, "its lease has ended");
    }
    long requestDeadlineNanos =
        protocol.validFrom().monotonicNanos() + RequestDefaults.NO_REQUEST_DEADLINE_NANOS;
    Result result =
        protocol.onReply(
            attemptRunner.sendWithRetry(protocol.write(), requestDeadlineNanos),
            attemptRunner.now());
    if (result instanceof Result.Resumed resumed) {
      return toHeldLock(resumed.hold(), requestDeadlineNanos);
    }
    throw errorOf(transfer, result, requestDeadlineNanos);
  }

  /** Nobody holds what the giver left, so a wrong clock gives it back by freeing it. */
  private HeldLock toHeldLock(Hold hold, long requestDeadlineNanos) {
    ClockReading now = attemptRunner.now();
    Optional<Skew> skewExceeded =
        attemptRunner.checkClockSkew(hold.row().name(), now, hold.clockBounds());
    if (skewExceeded.isPresent()) {
      attemptRunner.abandon(hold.release(now, true), requestDeadlineNanos);
      throw new ClockSkewException(hold.row().name(), skewExceeded.get());
    }
    attemptRunner.waitQueues().onHoldStarted(hold, 0, now);
    Duration waitTime = Duration.ofNanos(now.elapsedNanosSince(hold.confirmed().validFrom()));
    String name = hold.row().name();
    attemptRunner.notifier().publish(l -> l.onAcquired(new LockEvent.Acquired(name, waitTime, 0)));
    return new HeldLock(attemptRunner, hold, requestDeadlineNanos);
  }

  private void checkTable(Transfer transfer) {
    String table = attemptRunner.lockStore().tableName();
    if (!transfer.tableName().equals(table)) {
      throw refusal(
          Reason.WRONG_TABLE,
          transfer,
          "its lock is in table '" + transfer.tableName() + "' and this one is '" + table + "'");
    }
  }

  private RuntimeException errorOf(Transfer transfer, Result result, long requestDeadlineNanos) {
    if (result instanceof Result.Rejected rejected) {
      return refusal(transfer, rejected.current());
    }
    if (result instanceof Result.LeaseExpired tooLate) {
      attemptRunner.abandon(tooLate.release(), requestDeadlineNanos);
      return OutcomeErrors.replyTooLate(transfer.name());
    }
    Result.Failed failed = (Result.Failed) result;
    if (!failed.failure().mayHaveApplied()) {
      return failed.failure().error();
    }
    attemptRunner.abandon(failed.release(), requestDeadlineNanos);
    return new LockOutcomeUnknownException(
        transfer.name(), "the redemption of a ticket", failed.failure().error());
  }

  private static RuntimeException refusal(Transfer transfer, RowSnapshot current) {
    if (current instanceof RowSnapshot.UnrecognizedRow unrecognized) {
      return new UnrecognizedRowException(transfer.name(), unrecognized.reason());
    }
    return refusal(
        Reason.ALREADY_USED,
        transfer,
        current instanceof LockRow row
            ? "it was redeemed before, or the lock went on without it: its row is now "
                + row.state()
                + " by "
                + row.holderInfo().label()
            : "its row is gone: it was redeemed and released, or deleted");
  }

  private static TransferRefusedException refusal(Reason reason, Transfer transfer, String detail) {
    return new TransferRefusedException(
        reason,
        "the ticket for lock '"
            + transfer.name()
            + "' cannot be redeemed, "
            + detail
            + ": acquire the lock instead");
  }
}
