package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener, and logs what is logged whether there is one or not.
 *
 * @param listener who is told, or {@link #NO_LISTENER}
 */
public record ListenerNotifier(LockListener listener) {
  private static final Logger LOG = LoggerFactory.getLogger(LockClient.class);
  private static final LockListener NO_LISTENER = new LockListener() {};

  static final ListenerNotifier DISABLED = new ListenerNotifier(NO_LISTENER);

  boolean isEnabled() {
    return listener != NO_LISTENER;
  }

  /** Events are made only where somebody listens. */
  void publish(Consumer<LockListener> event) {
    if (!isEnabled()) {
      return;
    }
    try {
      event.accept(listener);
    } catch (RuntimeException | Error e) {
      LOG.warn("outcome=a listener failed: {}", listener.getClass().getName(), e);
    }
  }

  void publishThrottled(String name, int attempt, Duration backoff) {
    LOG.warn("lock={} outcome=throttled try={} waitMillis={}", name, attempt, backoff.toMillis());
    publish(l -> l.onThrottled(new LockEvent.Throttled(name, attempt, backoff)));
  }

  void publishClockSkewExceeded(String name, Duration skew) {
    LOG.warn(
        "lock={} outcome=clock off offMillis={}: this host's clock is off by at least so much; it"
            + " is not trusted, and no lock is handed out by it, until it is right",
        name,
        skew.toMillis());
    publish(l -> l.onClockSkewExceeded(new LockEvent.ClockSkewExceeded(name, skew)));
  }

  void publishReleased(String name, ReleaseOutcome outcome, Duration holdTime) {
    if (outcome == ReleaseOutcome.UNKNOWN) {
      LOG.warn("lock={} outcome=UNKNOWN: no answer to the release, the lease will end", name);
    } else {
      LOG.debug("lock={} outcome={}", name, outcome);
    }
    publish(l -> l.onReleased(new LockEvent.Released(name, outcome, holdTime)));
  }

  void publishReleasedLate(String name, ReleaseOutcome outcome, Duration lateBy) {
    LOG.warn(
        "lock={} outcome={} lateMillis={}: released after its lease had ended",
        name,
        outcome,
        lateBy.toMillis());
    publish(l -> l.onReleasedLate(new LockEvent.ReleasedLate(name, outcome, lateBy)));
  }
}
