package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.internal.engine.HoldState.Phase;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.text.LogText;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * State of one held lock, with its transitions. Thread-safe.
 *
 * <p>A mutex serializes the requests of the lock. The state is an immutable {@link HoldState} in an
 * atomic reference, so a check of the lock never waits for a request. Every check may move the
 * state to a later phase, and the thread that does so notifies the listener and the keep-alive. So
 * each phase is reported once.
 */
final class HoldLifecycle {
  private final LockEngine engine;
  private final ReentrantLock mutex = new ReentrantLock();
  private final AtomicReference<HoldState> state;
  private final AtomicReference<@Nullable PhaseListener> keepAlive = new AtomicReference<>();

  /** Listener of the phases that the lock enters. */
  interface PhaseListener {
    void onPhaseChange(Phase phase);
  }

  HoldLifecycle(LockEngine engine, Hold hold) {
    this.engine = engine;
    this.state = new AtomicReference<>(new HoldState(hold, Phase.HELD, false));
  }

  String name() {
    return hold().row().name();
  }

  /** Returns the state without a check of the clock. */
  HoldState state() {
    return state.get();
  }

  Hold hold() {
    return state().hold();
  }

  /** Records that a caller reads the fencing token, and returns the token. */
  long exposeToken() {
    HoldState exposed = state.updateAndGet(HoldState::withTokenExposed);
    if (!exposed.tokenExposed()) {
      throw closed("read its fencing token", exposed.phase());
    }
    return exposed.hold().grant().fencingToken();
  }

  /** Checks the clocks, enters a later phase if they require it, and returns the state. */
  HoldState refresh(ClockReading now) {
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

  void ensureHeld() {
    Phase phase = refresh(engine.now()).phase();
    if (phase != Phase.HELD) {
      throw lost(phase);
    }
  }

  /** Throws if the lock was released, completed or transferred. */
  void requireOpen(String operation) {
    Phase phase = state().phase();
    if (phase.isTerminal()) {
      throw closed(operation, phase);
    }
  }

  private LockClosedException closed(String operation, Phase phase) {
    return new LockClosedException(name(), operation, phase.description());
  }

  LockLostException lost(Phase phase) {
    return new LockLostException(name(), phase.description());
  }

  /** Changes the state, and reports a new phase. */
  HoldState transition(UnaryOperator<HoldState> change) {
    HoldState before = state.getAndUpdate(change);
    HoldState after = change.apply(before);
    if (after.phase() != before.phase()) {
      after.phase().lossReason().ifPresent(this::notifyLost);
      PhaseListener listener = keepAlive.get();
      if (listener != null) {
        listener.onPhaseChange(after.phase());
      }
    }
    return after;
  }

  void notifyLost(LockLoss.Reason reason) {
    engine.notifier().publish(l -> l.onLost(new LockEvent.Lost(name(), reason)));
  }

  /** Returns to a phase that the lock has left, after a write that was certainly not applied. */
  void restore(Phase phase) {
    state.updateAndGet(s -> new HoldState(s.hold(), phase, s.tokenExposed()));
  }

  /** Attaches the keep-alive; there is at most one. */
  void attach(PhaseListener listener) {
    if (!keepAlive.compareAndSet(null, listener)) {
      throw new IllegalStateException(
          "lock "
              + LogText.quote(name())
              + " has a keep-alive already: close that keep-alive first");
    }
  }

  void detach(PhaseListener listener) {
    keepAlive.compareAndSet(listener, null);
  }

  /** Runs work that sends requests, one after the other. */
  <T> T runExclusively(Supplier<T> work) {
    mutex.lock();
    try {
      return work.get();
    } finally {
      mutex.unlock();
    }
  }
}
