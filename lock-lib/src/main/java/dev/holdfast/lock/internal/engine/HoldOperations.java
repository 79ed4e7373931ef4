package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.internal.engine.HoldState.Phase;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.RenewalResult;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.StoredValue;
import dev.holdfast.lock.internal.protocol.Transfer;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writes of one hold, which follow each other, and what each came to. Thread-safe. */
public final class HoldOperations {
  private static final Logger LOG = LoggerFactory.getLogger(HeldLock.class);

  private final AttemptRunner attemptRunner;
  private final long requestDeadlineNanos;
  private final ReentrantLock mutex = new ReentrantLock();
  private final HoldLifecycle lifecycle;
  private final ClockReading acquiredAt;

  public HoldOperations(
      AttemptRunner attemptRunner, HoldLifecycle lifecycle, long requestDeadlineNanos) {
    this.attemptRunner = attemptRunner;
    this.requestDeadlineNanos = requestDeadlineNanos;
    this.lifecycle = lifecycle;
    this.acquiredAt = lifecycle.state().hold().confirmed().validFrom();
  }

  HoldLifecycle lifecycle() {
    return lifecycle;
  }

  /** Keeps the lock alive from now on. */
  public RenewalTask keepAlive(Consumer<? super LockLoss> onLoss) {
    lifecycle.requireOpen("keep it alive");
    lifecycle.ensureHeld();
    RenewalTask task = new RenewalTask(this, attemptRunner, onLoss);
    lifecycle.attach(task);
    attemptRunner.renewalScheduler().schedule(task);
    task.onPhaseChange(lifecycle.state().phase());
    return task;
  }

  /**
   * Renews the lock to another lease. Judged before anybody else's turn: who closes the lock behind
   * this renewal does not make it fail.
   *
   * @throws LockLostException if it is not held, before or after
   */
  public RenewalResult renew(long leaseMillis) {
    return runExclusively(
        () -> {
          RenewalResult renewal = doRenew(leaseMillis, requestDeadlineNanos);
          if (!(renewal instanceof RenewalResult.Unknown)) {
            lifecycle.ensureHeld();
          }
          return renewal;
        });
  }

  /** Renews the lock to the lease that it has, within a time that is over for the calls too. */
  RenewalResult renewWithCurrentLease(long requestTimeoutNanos) {
    return runExclusively(
        () -> {
          long deadlineNanos = attemptRunner.timeSource().monotonicNanos() + requestTimeoutNanos;
          long leaseMillis = lifecycle.state().hold().row().leaseTerm().leaseMillis();
          return doRenew(leaseMillis, Math.min(requestDeadlineNanos, deadlineNanos));
        });
  }

  private RenewalResult doRenew(long leaseMillis, long deadlineNanos) {
    lifecycle.requireOpen("renew it");
    ClockReading now = attemptRunner.now();
    lifecycle.ensureHeld();
    HoldState previous = lifecycle.state();
    Hold renewing = previous.hold().withPendingRenewal(now, leaseMillis);
    lifecycle.transition(s -> s.withHold(renewing));
    RenewalResult renewal =
        renewing.afterRenewal(
            attemptRunner.sendWithRetry(new Write.Renew(renewing.row()), deadlineNanos));
    Hold renewed = lifecycle.transition(s -> s.afterRenewal(renewal)).hold();
    if (renewal instanceof RenewalResult.Lost) {
      attemptRunner.waitQueues().onHoldEnded(renewed.row(), attemptRunner.now());
    } else {
      attemptRunner.waitQueues().onHoldExtended(renewed);
    }
    if (renewal instanceof RenewalResult.Renewed) {
      Duration previousRemaining = Duration.ofNanos(previous.hold().remainingNanos(now));
      Duration leaseDuration = Duration.ofMillis(leaseMillis);
      attemptRunner
          .notifier()
          .publish(
              l ->
                  l.onRenewed(
                      new LockEvent.Renewed(lifecycle.name(), leaseDuration, previousRemaining)));
    }
    return renewal;
  }

  public ReleaseOutcome release() {
    return runExclusively(
        () -> {
          lifecycle.requireOpen("release it");
          return doRelease();
        });
  }

  private ReleaseOutcome doRelease() {
    ClockReading now = attemptRunner.now();
    Phase phase = lifecycle.refresh(now).phase();
    HoldState closed = lifecycle.transition(s -> s.advanceTo(Phase.CLOSED));
    if (phase.mayBeTakenOver()) {
      attemptRunner.waitQueues().onHoldEnded(closed.hold().row(), now);
      return report(ReleaseOutcome.LOCK_LOST, phase, now);
    }
    Reply reply = sendWithRetry(closed.hold().release(now, closed.tokenExposed()));
    if (reply instanceof Reply.Failed failed && !failed.mayHaveApplied()) {
      lifecycle.restore(new HoldState(closed.hold(), phase, closed.tokenExposed()));
      throw failed.error();
    }
    Hold.End ending = closed.hold().afterRelease(reply, phase == Phase.HELD);
    return report(
        switch (ending) {
          case RELEASED -> ReleaseOutcome.RELEASED;
          case COMPLETED -> ReleaseOutcome.COMPLETED;
          case LOST -> ReleaseOutcome.LOCK_LOST;
          case UNKNOWN -> ReleaseOutcome.UNKNOWN;
        },
        phase,
        now);
  }

  private ReleaseOutcome report(ReleaseOutcome outcome, Phase previousPhase, ClockReading now) {
    if (previousPhase == Phase.HELD) {
      Duration holdTime = Duration.ofNanos(now.elapsedNanosSince(acquiredAt));
      attemptRunner.notifier().publishReleased(lifecycle.name(), outcome, holdTime);
    } else {
      long lateNanos = Math.max(0, -lifecycle.state().hold().remainingNanos(now));
      attemptRunner
          .notifier()
          .publishReleasedLate(lifecycle.name(), outcome, Duration.ofNanos(lateNanos));
    }
    return outcome;
  }

  /** Releases the lock unless that was done, and whatever comes of it, is done with it. */
  public void close() {
    runExclusively(
        () -> {
          doClose();
          return lifecycle.transition(s -> s.advanceTo(Phase.CLOSED));
        });
  }

  private void doClose() {
    if (lifecycle.state().phase().isTerminal()) {
      return;
    }
    try {
      doRelease();
    } catch (RuntimeException e) {
      LOG.warn("lock={} outcome=not released, its lease will end", lifecycle.name(), e);
    }
  }

  public Hold.End complete(long retentionMillis, Optional<StoredValue> result) {
    return runExclusively(() -> doComplete(retentionMillis, result));
  }

  private Hold.End doComplete(long retentionMillis, Optional<StoredValue> result) {
    lifecycle.requireOpen("complete it");
    ClockReading now = attemptRunner.now();
    Phase phase = lifecycle.refresh(now).phase();
    HoldState closed = lifecycle.transition(s -> s.advanceTo(Phase.CLOSED));
    Hold hold = closed.hold();
    Reply reply = sendWithRetry(hold.completion(now, retentionMillis, result.orElse(null)));
    if (reply instanceof Reply.Failed unsent && !unsent.mayHaveApplied()) {
      lifecycle.restore(new HoldState(hold, phase, closed.tokenExposed()));
      throw unsent.error();
    }
    Hold.End ending = hold.afterCompletion(reply);
    if (ending == Hold.End.LOST) {
      lifecycle.onEndRejected(phase);
    } else {
      boolean confirmed = ending == Hold.End.COMPLETED;
      report(confirmed ? ReleaseOutcome.COMPLETED : ReleaseOutcome.UNKNOWN, phase, now);
    }
    if (reply instanceof Reply.Failed failed) {
      throw OutcomeErrors.forHolderWrite(lifecycle.name(), "the completion", failed);
    }
    return ending;
  }

  public Transfer transfer() {
    return runExclusively(
        () -> {
          lifecycle.requireOpen("hand it over");
          lifecycle.ensureHeld();
          String table = attemptRunner.lockStore().tableName();
          Transfer transfer =
              lifecycle.state().hold().transfer(table).orElseThrow(this::unknownRenewal);
          lifecycle.transition(s -> s.advanceTo(Phase.TRANSFERRED));
          attemptRunner
              .waitQueues()
              .onHoldEnded(lifecycle.state().hold().row(), attemptRunner.now());
          return transfer;
        });
  }

  private LockOutcomeUnknownException unknownRenewal() {
    return new LockOutcomeUnknownException(lifecycle.name(), "the last renewal", null);
  }

  private Reply sendWithRetry(Write write) {
    return attemptRunner.sendWithRetry(write, requestDeadlineNanos);
  }

  private <T> T runExclusively(Supplier<T> work) {
    mutex.lock();
    try {
      return work.get();
    } finally {
      mutex.unlock();
    }
  }
}
