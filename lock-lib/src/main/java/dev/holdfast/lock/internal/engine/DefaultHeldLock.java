package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.ResultTooLargeException;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.internal.engine.HoldState.Phase;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.Permit;
import dev.holdfast.lock.internal.protocol.RenewalResult;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.StoredValue;
import dev.holdfast.lock.internal.protocol.Transfer;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Held lock, with its state and its requests. Thread-safe.
 *
 * <p>A mutex serializes the requests: renewals, the release, the completion and the transfer. The
 * state is an immutable {@link HoldState} in an atomic reference, so a check of the lock never
 * waits for a request. Every check may move the state to a later phase, and the thread that does so
 * notifies the listener and the keep-alive. So each phase is reported once.
 */
final class DefaultHeldLock implements HeldLock {
  private static final Logger LOG = LoggerFactory.getLogger(HeldLock.class);
  private static final Logger CLIENT_LOG = LoggerFactory.getLogger(LockClient.class);
  private static final Duration RETENTION_MIN = Duration.ofSeconds(1);
  private static final Duration RETENTION_MAX = Duration.ofDays(3_660);

  private final LockEngine engine;
  private final RenewalScheduler renewalScheduler;
  private final long requestDeadlineNanos;
  private final ClockReading acquiredAt;
  private final ReentrantLock mutex = new ReentrantLock();
  private final AtomicReference<HoldState> state;
  private final AtomicReference<@Nullable RenewalTask> renewalTask = new AtomicReference<>();

  DefaultHeldLock(
      LockEngine engine, RenewalScheduler renewalScheduler, Hold hold, long requestDeadlineNanos) {
    this.engine = engine;
    this.renewalScheduler = renewalScheduler;
    this.requestDeadlineNanos = requestDeadlineNanos;
    this.acquiredAt = hold.confirmed().validFrom();
    this.state = new AtomicReference<>(new HoldState(hold, Phase.HELD, false));
  }

  static DefaultHeldLock acquired(
      LockEngine engine, RenewalScheduler renewalScheduler, AcquireStep.Acquired acquired) {
    Attempt attempt = acquired.attempt();
    CLIENT_LOG.debug(
        "lock={} outcome=acquired rejected={}", attempt.spec().name(), attempt.retries());
    return new DefaultHeldLock(
        engine, renewalScheduler, acquired.hold(), attempt.requestDeadlineNanos());
  }

  @Override
  public String name() {
    return hold().row().name();
  }

  /** Returns the state without a check of the clock. */
  HoldState state() {
    return state.get();
  }

  private Hold hold() {
    return state().hold();
  }

  @Override
  public FencingToken fencingToken() {
    HoldState exposed = state.updateAndGet(HoldState::withTokenExposed);
    if (!exposed.tokenExposed()) {
      throw closed("read its fencing token", exposed.phase());
    }
    return new FencingToken(exposed.hold().grant().fencingToken());
  }

  @Override
  public String nonce() {
    return hold().row().version().nonce();
  }

  @Override
  public Duration remaining() {
    ClockReading now = engine.now();
    HoldState current = refresh(now);
    return current.phase() == Phase.HELD
        ? Duration.ofNanos(current.hold().remainingNanos(now))
        : Duration.ZERO;
  }

  @Override
  public boolean isHeld() {
    return refresh(engine.now()).phase() == Phase.HELD;
  }

  @Override
  public void ensureHeld() {
    Phase phase = refresh(engine.now()).phase();
    if (phase != Phase.HELD) {
      throw lost(phase);
    }
  }

  private void requireOpen(String operation) {
    Phase phase = state().phase();
    if (phase.isTerminal()) {
      throw closed(operation, phase);
    }
  }

  private LockClosedException closed(String operation, Phase phase) {
    return new LockClosedException(name(), operation, phase.description());
  }

  private LockLostException lost(Phase phase) {
    return new LockLostException(name(), phase.description());
  }

  private HoldState refresh(ClockReading now) {
    boolean clockBehind = isClockBehind(now);
    return transition(s -> s.asOf(now, clockBehind));
  }

  /** Returns the phase that a check would find, without entering it. */
  Phase phaseAt(ClockReading now) {
    return state().asOf(now, isClockBehind(now)).phase();
  }

  private boolean isClockBehind(ClockReading now) {
    return engine
        .checkClockSkew(name(), now, hold().clockBounds())
        .filter(Skew.Behind.class::isInstance)
        .isPresent();
  }

  /** Changes the state, and reports a new phase. */
  private HoldState transition(UnaryOperator<HoldState> change) {
    HoldState before = state.getAndUpdate(change);
    HoldState after = change.apply(before);
    if (after.phase() != before.phase()) {
      after.phase().lossReason().ifPresent(this::notifyLost);
      RenewalTask task = renewalTask.get();
      if (task != null) {
        task.onPhaseChange(after.phase());
      }
    }
    return after;
  }

  private void notifyLost(LockLoss.Reason reason) {
    engine.notifier().publish(l -> l.onLost(new LockEvent.Lost(name(), reason)));
  }

  @Override
  public void renew() {
    renew(Duration.ofMillis(hold().row().leaseTerm().leaseMillis()));
  }

  @Override
  public void renew(Duration leaseDuration) {
    RequestDefaults.checkLeaseDuration(leaseDuration);
    if (renewExclusively(leaseDuration) instanceof RenewalResult.Unknown unknown) {
      throw OutcomeErrors.forHolderWrite(name(), "the renewal", unknown.failure());
    }
  }

  /** Renews as {@link #renew(Duration)}, and returns the outcome, also of an expired lease. */
  RenewalResult tryRenew(Duration leaseDuration) {
    try {
      return renewExclusively(leaseDuration);
    } catch (LockLostException e) {
      return new RenewalResult.Lost();
    }
  }

  /** Checks the result before another thread gets the mutex, so that a later close is no loss. */
  private RenewalResult renewExclusively(Duration leaseDuration) {
    return runExclusively(
        () -> {
          RenewalResult renewal = sendRenewal(leaseDuration.toMillis(), requestDeadlineNanos);
          if (!(renewal instanceof RenewalResult.Unknown)) {
            ensureHeld();
          }
          return renewal;
        });
  }

  /** Renews the lease for its current duration, with a limit for the requests. */
  RenewalResult renewWithCurrentLease(long requestTimeoutNanos) {
    return runExclusively(
        () -> {
          long deadlineNanos = engine.timeSource().monotonicNanos() + requestTimeoutNanos;
          long leaseMillis = hold().row().leaseTerm().leaseMillis();
          return sendRenewal(leaseMillis, Math.min(requestDeadlineNanos, deadlineNanos));
        });
  }

  private RenewalResult sendRenewal(long leaseMillis, long deadlineNanos) {
    requireOpen("renew it");
    ClockReading now = engine.now();
    ensureHeld();
    Hold previous = hold();
    Hold renewing = previous.withPendingRenewal(now, leaseMillis);
    transition(s -> s.withHold(renewing));
    LockEngine.SentWrite<Hold> sent =
        engine.sendAsHolder(
            renewing, h -> new Write.Renew(h.row()), Hold::adoptingTokenOf, deadlineNanos);
    RenewalResult renewal = sent.sender().afterRenewal(sent.reply());
    Hold renewed = transition(s -> s.afterRenewal(renewal)).hold();
    if (renewal instanceof RenewalResult.Lost) {
      engine.waitQueues().onHoldEnded(renewed.row(), engine.now());
    } else {
      engine.waitQueues().onHoldExtended(renewed);
    }
    if (renewal instanceof RenewalResult.Renewed) {
      Duration previousRemaining = Duration.ofNanos(previous.remainingNanos(now));
      LockEvent.Renewed event =
          new LockEvent.Renewed(name(), Duration.ofMillis(leaseMillis), previousRemaining);
      engine.notifier().publish(l -> l.onRenewed(event));
    }
    return renewal;
  }

  @Override
  public KeepAlive keepAlive() {
    return keepAlive(loss -> {});
  }

  @Override
  public KeepAlive keepAlive(Consumer<? super LockLoss> onLoss) {
    requireOpen("keep it alive");
    ensureHeld();
    RenewalTask task = new RenewalTask(this, engine, renewalScheduler, onLoss);
    if (!renewalTask.compareAndSet(null, task)) {
      throw new IllegalStateException(
          "lock '" + name() + "' has a keep-alive already: close that keep-alive first");
    }
    renewalScheduler.schedule(task);
    task.onPhaseChange(state().phase());
    return task;
  }

  void detach(RenewalTask task) {
    renewalTask.compareAndSet(task, null);
  }

  @Override
  public ReleaseOutcome release() {
    return runExclusively(
        () -> {
          requireOpen("release it");
          return sendRelease();
        });
  }

  private ReleaseOutcome sendRelease() {
    ClockReading now = engine.now();
    Phase phase = refresh(now).phase();
    HoldState closed = transition(s -> s.advanceTo(Phase.CLOSED));
    if (phase.mayBeTakenOver()) {
      engine.waitQueues().onHoldEnded(closed.hold().row(), now);
      return report(ReleaseOutcome.LOCK_LOST, phase, now);
    }
    LockEngine.SentWrite<Hold> sent =
        sendEnd(closed, phase, hold -> hold.release(now, closed.tokenExposed()));
    Hold.End end = sent.sender().afterRelease(sent.reply(), phase == Phase.HELD);
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

  /** Sends the write that ends the hold. If it was certainly not applied, the hold continues. */
  private LockEngine.SentWrite<Hold> sendEnd(
      HoldState closed, Phase previousPhase, Function<Hold, Write> write) {
    LockEngine.SentWrite<Hold> sent =
        engine.sendAsHolder(closed.hold(), write, Hold::adoptingTokenOf, requestDeadlineNanos);
    if (sent.reply() instanceof Reply.Failed failed && !failed.mayHaveApplied()) {
      state.set(new HoldState(sent.sender(), previousPhase, closed.tokenExposed()));
      throw failed.error();
    }
    return sent;
  }

  private ReleaseOutcome report(ReleaseOutcome outcome, Phase previousPhase, ClockReading now) {
    if (previousPhase == Phase.HELD) {
      Duration holdTime = Duration.ofNanos(now.elapsedNanosSince(acquiredAt));
      engine.notifier().publishReleased(name(), outcome, holdTime);
    } else {
      long lateNanos = Math.max(0, -hold().remainingNanos(now));
      engine.notifier().publishReleasedLate(name(), outcome, Duration.ofNanos(lateNanos));
    }
    return outcome;
  }

  @Override
  public void close() {
    runExclusively(
        () -> {
          if (!state().phase().isTerminal()) {
            releaseQuietly();
          }
          return transition(s -> s.advanceTo(Phase.CLOSED));
        });
  }

  private void releaseQuietly() {
    try {
      sendRelease();
    } catch (RuntimeException e) {
      LOG.warn("lock={} outcome=release_failed", name(), e);
    }
  }

  @Override
  public void complete(Duration retention) {
    sendCompletion(retention, null);
  }

  @Override
  public void complete(Duration retention, StoredResult result) {
    if (result.isWithinMaxBytes()) {
      sendCompletion(retention, ApiMapper.storedValue(result));
      return;
    }
    sendCompletion(retention, null);
    throw new ResultTooLargeException(name(), result);
  }

  private void sendCompletion(Duration retention, @Nullable StoredValue result) {
    checkRetention(retention);
    if (name().contains(Permit.KEY_SEPARATOR)) {
      throw new UnsupportedOperationException(
          "'"
              + name()
              + "' is a permit and cannot be completed: release it, and complete a lock that stands"
              + " for the work");
    }
    long retentionMillis = ApiMapper.millisRoundedUp(retention);
    Hold.End end = runExclusively(() -> sendCompletion(retentionMillis, result));
    if (end == Hold.End.LOST) {
      throw lost(Phase.LOST);
    }
  }

  private static void checkRetention(Duration retention) {
    if (retention.compareTo(RETENTION_MIN) < 0 || retention.compareTo(RETENTION_MAX) > 0) {
      throw new IllegalArgumentException("retention must be 1 s to 3660 days, got " + retention);
    }
  }

  private Hold.End sendCompletion(long retentionMillis, @Nullable StoredValue result) {
    requireOpen("complete it");
    ClockReading now = engine.now();
    Phase phase = refresh(now).phase();
    HoldState closed = transition(s -> s.advanceTo(Phase.CLOSED));
    LockEngine.SentWrite<Hold> sent =
        sendEnd(closed, phase, hold -> hold.completion(now, retentionMillis, result));
    Reply reply = sent.reply();
    Hold.End end = sent.sender().afterCompletion(reply);
    if (end != Hold.End.LOST) {
      boolean confirmed = end == Hold.End.COMPLETED;
      report(confirmed ? ReleaseOutcome.COMPLETED : ReleaseOutcome.UNKNOWN, phase, now);
    } else if (phase == Phase.HELD) {
      notifyLost(LockLoss.Reason.OWNERSHIP_LOST);
    }
    if (reply instanceof Reply.Failed failed) {
      throw OutcomeErrors.forHolderWrite(name(), "the completion", failed);
    }
    return end;
  }

  @Override
  public String transfer() {
    return TransferCodec.encode(
        runExclusively(
            () -> {
              requireOpen("transfer it");
              ensureHeld();
              String table = engine.lockStore().tableName();
              Transfer transfer = hold().transfer(table).orElseThrow(this::unknownRenewal);
              transition(s -> s.advanceTo(Phase.TRANSFERRED));
              engine.waitQueues().onHoldEnded(hold().row(), engine.now());
              return transfer;
            }));
  }

  private LockOutcomeUnknownException unknownRenewal() {
    return new LockOutcomeUnknownException(name(), "the last renewal", null);
  }

  private <T> T runExclusively(Supplier<T> work) {
    mutex.lock();
    try {
      return work.get();
    } finally {
      mutex.unlock();
    }
  }

  @Override
  public String toString() {
    HoldState current = state();
    String holder = current.hold().row().holderInfo().label();
    return "HeldLock[" + name() + ", " + current.phase().description() + ", holder " + holder + "]";
  }
}
