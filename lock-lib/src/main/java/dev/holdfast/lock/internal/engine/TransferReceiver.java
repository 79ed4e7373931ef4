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
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.Transfer;
import dev.holdfast.lock.internal.protocol.TransferProtocol;
import dev.holdfast.lock.internal.protocol.TransferProtocol.Result;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Execution of {@link TransferProtocol}: takes over a lock that another process transferred.
 *
 * @param engine shared state of the client
 * @param renewalScheduler scheduler of the client's keep-alives
 * @param defaults the client's defaults, which name the receiver and the clock model
 */
record TransferReceiver(
    LockEngine engine, RenewalScheduler renewalScheduler, RequestDefaults defaults) {

  HeldLock resume(String text) {
    Transfer transfer = TransferCodec.decode(text);
    checkTable(transfer);
    AcquireSpec spec = defaults.acquireSpec(transfer);
    TransferProtocol protocol =
        TransferProtocol.start(transfer, spec, engine.now(), engine.randomSource());
    if (transfer.isExpired(protocol.validFrom(), spec.clockBounds())) {
      throw refusal(Reason.EXPIRED, transfer, "its lease has expired");
    }
    long requestDeadlineNanos =
        protocol.validFrom().monotonicNanos() + RequestDefaults.NO_REQUEST_DEADLINE_NANOS;
    long maxRetryNanos = TimeUnit.MILLISECONDS.toNanos(spec.leaseMillis()) / 2;
    LockEngine.SentWrite<TransferProtocol> sent =
        engine.sendAsHolder(
            protocol,
            TransferProtocol::write,
            TransferProtocol::adoptingTokenOf,
            requestDeadlineNanos,
            engine.retryDeadline(maxRetryNanos, requestDeadlineNanos));
    Result result = sent.sender().onReply(sent.reply(), engine.now());
    return result.fold(
        resumed -> toHeldLock(resumed.hold(), requestDeadlineNanos),
        rejected -> {
          if (rejected.current() instanceof RowSnapshot.NoRow) {
            engine.abandon(protocol.release(engine.now()), requestDeadlineNanos);
          }
          throw refusal(transfer, rejected.current());
        },
        failed -> {
          throw failure(transfer, failed, requestDeadlineNanos);
        },
        expired -> {
          engine.abandon(expired.release(), requestDeadlineNanos);
          throw OutcomeErrors.replyTooLate(transfer.name());
        });
  }

  private void checkTable(Transfer transfer) {
    String table = engine.lockStore().tableName();
    if (!transfer.tableName().equals(table)) {
      throw refusal(
          Reason.WRONG_TABLE,
          transfer,
          "its lock is in table "
              + LogText.quote(transfer.tableName())
              + " and this is '"
              + table
              + "'");
    }
  }

  /** Releases the lock if this host's clock skew is too large. The sender no longer holds it. */
  private HeldLock toHeldLock(Hold hold, long requestDeadlineNanos) {
    ClockReading now = engine.now();
    String name = hold.row().name();
    Optional<Skew> skewExceeded = engine.checkClockSkew(name, now, hold.clockBounds());
    if (skewExceeded.isPresent()) {
      engine.abandon(hold.release(now, true), requestDeadlineNanos);
      throw new ClockSkewException(name, skewExceeded.get().offset());
    }
    engine.waitQueues().onHoldStarted(hold, 0, now);
    Duration waitTime = Duration.ofNanos(now.elapsedNanosSince(hold.confirmed().validFrom()));
    engine.notifier().publish(l -> l.onAcquired(new LockEvent.Acquired(name, waitTime, 0)));
    return new DefaultHeldLock(engine, renewalScheduler, hold, requestDeadlineNanos);
  }

  private RuntimeException failure(
      Transfer transfer, Result.Failed failed, long requestDeadlineNanos) {
    if (!failed.failure().mayHaveApplied()) {
      return failed.failure().error();
    }
    engine.abandon(failed.release(), requestDeadlineNanos);
    return new LockOutcomeUnknownException(
        transfer.name(), "the transfer", failed.failure().error());
  }

  private static RuntimeException refusal(Transfer transfer, RowSnapshot current) {
    return current.fold(
        row ->
            refusal(
                Reason.ALREADY_USED,
                transfer,
                "it was used before, or the lock has changed since: its row is now "
                    + row.state()
                    + " by "
                    + LogText.escape(row.holderInfo().label())),
        noRow ->
            refusal(
                Reason.ALREADY_USED,
                transfer,
                "its row does not exist: the lock was resumed and released, or deleted"),
        unrecognized -> new UnrecognizedRowException(transfer.name(), unrecognized.reason()));
  }

  private static TransferRefusedException refusal(Reason reason, Transfer transfer, String detail) {
    return new TransferRefusedException(
        reason,
        "the transfer of lock "
            + LogText.quote(transfer.name())
            + " cannot be resumed, "
            + detail
            + "; acquire the lock instead");
  }
}
