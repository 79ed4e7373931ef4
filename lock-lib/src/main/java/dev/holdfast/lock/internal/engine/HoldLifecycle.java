package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.internal.engine.HoldState.Phase;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import dev.holdfast.lock.internal.protocol.Hold;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a hold is in its life. Whoever looks moves it on, and whoever wants to know of a loss is
 * told of it once. Thread-safe; nothing here waits.
 */
public final class HoldLifecycle {
  private final AttemptRunner attemptRunner;
  private final AtomicReference<HoldState> state;
  private final AtomicReference<@Nullable RenewalTask> renewalTask = new AtomicReference<>();

  public HoldLifecycle(AttemptRunner attemptRunner, Hold hold) {
    this.attemptRunner = attemptRunner;
    this.state = new AtomicReference<>(new HoldState(hold, Phase.HELD, false));
  }

  public String name() {
    return state().hold().row().name();
  }

  /** What is known without a look at the clock. */
  public HoldState state() {
    return state.get();
  }

  public HoldState exposeToken() {
    return state.updateAndGet(HoldState::withTokenExposed);
  }

  public HoldState refresh(ClockReading now) {
    boolean clockBehind = isClockBehind(now);
    return transition(s -> s.asOf(now, clockBehind));
  }

  /** What a look would find; moves nothing, and so tells nobody. */
  Phase phaseAt(ClockReading now) {
    return state().asOf(now, isClockBehind(now)).phase();
  }

  private boolean isClockBehind(ClockReading now) {
    return attemptRunner
        .checkClockSkew(name(), now, state().hold().clockBounds())
        .filter(Skew.Behind.class::isInstance)
        .isPresent();
  }

  /** The one way from phase to phase, so that each is met once. */
  HoldState transition(UnaryOperator<HoldState> change) {
    HoldState before = state.getAndUpdate(change);
    HoldState after = change.apply(before);
    if (after.phase() != before.phase()) {
      onPhaseChange(after.phase());
    }
    return after;
  }

  private void onPhaseChange(Phase phase) {
    phase.lossReason().ifPresent(this::notifyLost);
    RenewalTask task = renewalTask.get();
    if (task != null) {
      task.onPhaseChange(phase);
    }
  }

  private void notifyLost(LockLoss.Reason reason) {
    attemptRunner.notifier().publish(l -> l.onLost(new LockEvent.Lost(name(), reason)));
  }

  /** It was thought to be over, and is not: its end was certainly not written. */
  void restore(HoldState previous) {
    state.set(previous);
  }

  /** Its end was refused, since the row is another's. */
  void onEndRejected(Phase previousPhase) {
    if (previousPhase == Phase.HELD) {
      notifyLost(LockLoss.Reason.OWNERSHIP_LOST);
    }
  }

  public void ensureHeld() {
    Phase phase = refresh(attemptRunner.now()).phase();
    if (phase != Phase.HELD) {
      throw new LockLostException(name(), phase.description());
    }
  }

  void requireOpen(String operation) {
    Phase phase = state().phase();
    if (phase.isTerminal()) {
      throw new LockClosedException(name(), operation, phase.description());
    }
  }

  void attach(RenewalTask task) {
    if (!renewalTask.compareAndSet(null, task)) {
      throw new IllegalStateException(
          "lock '" + name() + "' is kept alive already: close that keep-alive first");
    }
  }

  void detach(RenewalTask task) {
    renewalTask.compareAndSet(task, null);
  }
}
