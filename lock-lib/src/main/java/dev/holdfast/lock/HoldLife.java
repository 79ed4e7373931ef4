package dev.holdfast.lock;

import dev.holdfast.lock.HoldState.Phase;
import dev.holdfast.lock.protocol.ClockError.Beyond;
import dev.holdfast.lock.protocol.ClockReading;
import dev.holdfast.lock.protocol.Hold;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a hold is in its life. Whoever looks moves it on, and whoever wants to know of a loss is
 * told of it once. Thread-safe; nothing here waits.
 */
final class HoldLife {
  private final Shell shell;
  private final AtomicReference<HoldState> state;
  private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

  HoldLife(Shell shell, Hold hold) {
    this.shell = shell;
    this.state = new AtomicReference<>(new HoldState(hold, Phase.HELD, false));
  }

  String name() {
    return seen().hold().row().name();
  }

  /** What is known without a look at the clock. */
  HoldState seen() {
    return state.get();
  }

  HoldState showingToken() {
    return state.updateAndGet(HoldState::showingToken);
  }

  HoldState looked(ClockReading now) {
    boolean behind = isBehind(now);
    return moved(s -> s.at(now, behind));
  }

  /** What a look would find; moves nothing, and so tells nobody. */
  Phase found(ClockReading now) {
    return seen().at(now, isBehind(now)).phase();
  }

  private boolean isBehind(ClockReading now) {
    return shell
        .clockBeyond(name(), now, seen().hold().bounds())
        .filter(Beyond.Behind.class::isInstance)
        .isPresent();
  }

  /** The one way from phase to phase, so that each is met once. */
  HoldState moved(UnaryOperator<HoldState> change) {
    HoldState before = state.getAndUpdate(change);
    HoldState after = change.apply(before);
    if (after.phase() != before.phase()) {
      changed(after.phase());
    }
    return after;
  }

  private void changed(Phase phase) {
    phase.loss().ifPresent(this::lost);
    Kept keeping = kept.get();
    if (keeping != null) {
      keeping.changed(phase);
    }
  }

  private void lost(Loss.Reason reason) {
    shell.listening().tell(l -> l.lost(new LockEvent.Lost(name(), reason)));
  }

  /** It was thought to be over, and is not: its end was certainly not written. */
  void movedBack(HoldState before) {
    state.set(before);
  }

  /** Its end was refused, since the row is another's. */
  void endedLost(Phase before) {
    if (before == Phase.HELD) {
      lost(Loss.Reason.ROW_GONE);
    }
  }

  void ensureHeld() {
    Phase phase = looked(shell.now()).phase();
    if (phase != Phase.HELD) {
      throw new LockLostException(name(), phase.text());
    }
  }

  void requireOpen(String operation) {
    Phase phase = seen().phase();
    if (phase.isOver()) {
      throw new LockClosedException(name(), operation, phase.text());
    }
  }

  void keptBy(Kept keeping) {
    if (!kept.compareAndSet(null, keeping)) {
      throw new IllegalStateException(
          "lock '" + name() + "' is kept alive already: close that keep-alive first");
    }
  }

  void keptNoMore(Kept keeping) {
    kept.compareAndSet(keeping, null);
  }
}
