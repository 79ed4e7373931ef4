package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.internal.engine.HoldState.Phase;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.Permit;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.StoredValue;
import dev.holdfast.lock.internal.protocol.Transfer;
import dev.holdfast.lock.internal.protocol.Write;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations that end a hold: release, completion and transfer. Thread-safe.
 *
 * @param engine shared state of the client
 * @param lifecycle state of the lock
 * @param acquiredAt the clocks when the lock was acquired
 * @param requestDeadlineNanos monotonic time by which every call ends
 */
record HoldTermination(
    LockEngine engine,
    HoldLifecycle lifecycle,
    ClockReading acquiredAt,
    long requestDeadlineNanos) {
  private static final Logger LOG = LoggerFactory.getLogger(HeldLock.class);
  private static final long MAX_RETRY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Duration RETENTION_MIN = Duration.ofSeconds(1);
  private static final Duration RETENTION_MAX = Duration.ofDays(3_660);

  ReleaseOutcome release() {
    return lifecycle.runExclusively(
        () -> {
          lifecycle.requireOpen("release it");
          return sendRelease();
        });
  }

  /** Releases the lock unless it is released, completed or transferred already. Never throws. */
  void close() {
    lifecycle.runExclusively(
        () -> {
          if (!lifecycle.state().phase().isTerminal()) {
            releaseQuietly();
          }
          return lifecycle.transition(s -> s.advanceTo(Phase.CLOSED));
        });
  }

  private void releaseQuietly() {
    try {
      sendRelease();
    } catch (RuntimeException e) {
      LOG.warn("lock={} outcome=release_failed", LogText.value(lifecycle.name()), e);
    }
  }

  private ReleaseOutcome sendRelease() {
    ClockReading now = engine.now();
    Phase phase = lifecycle.refresh(now).phase();
    HoldState closed = lifecycle.transition(s -> s.advanceTo(Phase.CLOSED));
    if (phase.mayBeTakenOver()) {
      engine.waitQueues().onHoldEnded(closed.hold().row(), now);
      return report(ReleaseOutcome.LOCK_LOST, phase, now);
    }
    Reply reply =
        send(hold -> hold.release(now, closed.tokenExposed()), phase, releaseRetryNanos(now));
    Hold.End end = lifecycle.hold().afterRelease(reply, phase == Phase.HELD);
    return report(
        switch (end) {
          case RELEASED -> ReleaseOutcome.RELEASED;
          case COMPLETED -> ReleaseOutcome.COMPLETED;
          case LOST -> ReleaseOutcome.LOCK_LOST;
          case UNKNOWN -> ReleaseOutcome.UNKNOWN;
        },
        phase,
        now);
  }

  /** Returns the time for which a release is repeated. After the lease it has no use. */
  private long releaseRetryNanos(ClockReading now) {
    long remainingNanos = lifecycle.hold().remainingNanos(now);
    return hasRequestDeadline(now) ? remainingNanos : Math.min(MAX_RETRY_NANOS, remainingNanos);
  }

  private boolean hasRequestDeadline(ClockReading now) {
    long untilDeadline = requestDeadlineNanos - now.monotonicNanos();
    return untilDeadline < RequestDefaults.NO_REQUEST_DEADLINE_NANOS / 2;
  }

  /** Sends the write that ends the hold. If it was certainly not applied, the hold continues. */
  private Reply send(Function<Hold, Write> write, Phase previousPhase, long maxRetryNanos) {
    LockEngine.SentWrite<Hold> sent =
        engine.sendAsHolder(
            lifecycle.hold(),
            write,
            Hold::adoptingTokenOf,
            requestDeadlineNanos,
            engine.retryDeadline(maxRetryNanos, requestDeadlineNanos));
    lifecycle.transition(s -> s.withHold(sent.sender()));
    Reply reply = sent.reply();
    if (reply instanceof Reply.Failed failed && !failed.mayHaveApplied()) {
      lifecycle.restore(previousPhase);
      throw failed.error();
    }
    return reply;
  }

  private ReleaseOutcome report(ReleaseOutcome outcome, Phase previousPhase, ClockReading now) {
    String name = lifecycle.name();
    if (previousPhase == Phase.HELD) {
      Duration holdTime = Duration.ofNanos(now.elapsedNanosSince(acquiredAt));
      engine.notifier().publishReleased(name, outcome, holdTime);
    } else {
      long lateNanos = Math.max(0, -lifecycle.hold().remainingNanos(now));
      engine.notifier().publishReleasedLate(name, outcome, Duration.ofNanos(lateNanos));
    }
    return outcome;
  }

  /** Completes the work of the lock; a lock that is lost is an error. */
  void complete(Duration retention, @Nullable StoredValue result) {
    checkRetention(retention);
    checkCompletable();
    long retentionMillis = ApiMapper.millisRoundedUp(retention);
    Hold.End end = lifecycle.runExclusively(() -> sendCompletion(retentionMillis, result));
    if (end == Hold.End.LOST) {
      throw lifecycle.lost(Phase.LOST);
    }
  }

  private static void checkRetention(Duration retention) {
    if (retention.compareTo(RETENTION_MIN) < 0 || retention.compareTo(RETENTION_MAX) > 0) {
      throw new IllegalArgumentException("retention must be 1 s to 3660 days, got " + retention);
    }
  }

  private void checkCompletable() {
    if (lifecycle.name().contains(Permit.KEY_SEPARATOR)) {
      throw new UnsupportedOperationException(
          LogText.quote(lifecycle.name())
              + " is a permit and cannot be completed: release it, and complete a lock that stands"
              + " for the work");
    }
  }

  private Hold.End sendCompletion(long retentionMillis, @Nullable StoredValue result) {
    lifecycle.requireOpen("complete it");
    ClockReading now = engine.now();
    Phase phase = lifecycle.refresh(now).phase();
    lifecycle.transition(s -> s.advanceTo(Phase.CLOSED));
    Reply reply =
        send(
            hold -> hold.completion(now, retentionMillis, result),
            phase,
            completionRetryNanos(now));
    Hold.End end = lifecycle.hold().afterCompletion(reply);
    if (end != Hold.End.LOST) {
      boolean confirmed = end == Hold.End.COMPLETED;
      report(confirmed ? ReleaseOutcome.COMPLETED : ReleaseOutcome.UNKNOWN, phase, now);
    } else if (phase == Phase.HELD) {
      lifecycle.notifyLost(LockLoss.Reason.OWNERSHIP_LOST);
    }
    if (reply instanceof Reply.Failed failed) {
      throw OutcomeErrors.forHolderWrite(lifecycle.name(), "the completion", failed);
    }
    return end;
  }

  /**
   * Returns the time for which a completion is repeated. A request deadline is the bound, also
   * after the lease: the record is worth it while nobody else has the row.
   */
  private long completionRetryNanos(ClockReading now) {
    return hasRequestDeadline(now)
        ? requestDeadlineNanos - now.monotonicNanos()
        : releaseRetryNanos(now);
  }

  /** Ends the hold in this process without a request; another process may resume it. */
  Transfer transfer() {
    return lifecycle.runExclusively(
        () -> {
          lifecycle.requireOpen("transfer it");
          lifecycle.ensureHeld();
          Hold hold = lifecycle.hold();
          Transfer transfer =
              hold.transfer(engine.lockStore().tableName()).orElseThrow(this::unknownRenewal);
          lifecycle.transition(s -> s.advanceTo(Phase.TRANSFERRED));
          engine.waitQueues().onHoldEnded(hold.row(), engine.now());
          return transfer;
        });
  }

  private LockOutcomeUnknownException unknownRenewal() {
    return new LockOutcomeUnknownException(lifecycle.name(), "the last renewal", null);
  }
}
