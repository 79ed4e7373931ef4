package dev.holdfast.lock;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener, and logs what is logged whether there is one or not.
 *
 * @param listener who is told, or {@link #NOBODY}
 */
record Listening(LockListener listener) {
  private static final Logger LOG = LoggerFactory.getLogger(Locks.class);
  private static final LockListener NOBODY = new LockListener() {};

  static final Listening NONE = new Listening(NOBODY);

  boolean isOn() {
    return listener != NOBODY;
  }

  /** Events are made only where somebody listens. */
  void tell(Consumer<LockListener> event) {
    if (!isOn()) {
      return;
    }
    try {
      event.accept(listener);
    } catch (RuntimeException | Error e) {
      LOG.warn("outcome=a listener failed: {}", listener.getClass().getName(), e);
    }
  }

  void throttled(String name, int attempt, Duration wait) {
    LOG.warn("lock={} outcome=throttled try={} waitMillis={}", name, attempt, wait.toMillis());
    tell(l -> l.throttled(new LockEvent.Throttled(name, attempt, wait)));
  }

  void clockOff(String name, Duration off) {
    LOG.warn(
        "lock={} outcome=clock off offMillis={}: this host's clock is off by at least so much; it"
            + " is not trusted, and no lock is handed out by it, until it is right",
        name,
        off.toMillis());
    tell(l -> l.clockOff(new LockEvent.ClockOff(name, off)));
  }

  void released(String name, ReleaseOutcome outcome, Duration held) {
    if (outcome == ReleaseOutcome.UNKNOWN) {
      LOG.warn("lock={} outcome=UNKNOWN: no answer to the release, the lease will end", name);
    } else {
      LOG.debug("lock={} outcome={}", name, outcome);
    }
    tell(l -> l.released(new LockEvent.Released(name, outcome, held)));
  }

  void releasedLate(String name, ReleaseOutcome outcome, Duration late) {
    LOG.warn(
        "lock={} outcome={} lateMillis={}: released after its lease had ended",
        name,
        outcome,
        late.toMillis());
    tell(l -> l.releasedLate(new LockEvent.ReleasedLate(name, outcome, late)));
  }
}
