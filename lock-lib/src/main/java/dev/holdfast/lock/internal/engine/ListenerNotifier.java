package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifier of the client's listener. It also writes the log lines that do not depend on a listener.
 *
 * @param listener the listener, or {@link #NO_LISTENER}
 */
record ListenerNotifier(LockListener listener) {
  private static final Logger LOG = LoggerFactory.getLogger(LockClient.class);
  private static final LockListener NO_LISTENER = new LockListener() {};

  static final ListenerNotifier DISABLED = new ListenerNotifier(NO_LISTENER);

  boolean isEnabled() {
    return listener != NO_LISTENER;
  }

  /** Calls the listener, if there is one. */
  void publish(Consumer<LockListener> event) {
    if (!isEnabled()) {
      return;
    }
    try {
      event.accept(listener);
    } catch (RuntimeException | Error e) {
      LOG.warn(
          "outcome=listener_failed listener={}", LogText.value(listener.getClass().getName()), e);
    }
  }

  /** Publishes a backoff after throttling or contention; other failures have no event. */
  void publishBackoff(String name, Reply.FailureKind kind, int attempt, Duration backoff) {
    if (kind == Reply.FailureKind.THROTTLED) {
      logBackoff(name, "throttled", attempt, backoff);
      publish(l -> l.onThrottled(new LockEvent.Throttled(name, attempt, backoff)));
    } else if (kind == Reply.FailureKind.CONTENTION) {
      logBackoff(name, "contention", attempt, backoff);
      publish(l -> l.onContention(new LockEvent.Contention(name, attempt, backoff)));
    }
  }

  private static void logBackoff(String name, String outcome, int attempt, Duration backoff) {
    LOG.warn(
        "lock={} outcome={} attempt={} backoffMillis={}",
        LogText.value(name),
        outcome,
        attempt,
        backoff.toMillis());
  }

  void publishClockSkewExceeded(String name, Duration skew) {
    LOG.warn(
        "lock={} outcome=clock_skew_exceeded skewMillis={} hint=\"synchronize this host's clock\"",
        LogText.value(name),
        skew.toMillis());
    publish(l -> l.onClockSkewExceeded(new LockEvent.ClockSkewExceeded(name, skew)));
  }

  void publishReleased(String name, ReleaseOutcome outcome, Duration holdTime) {
    if (outcome == ReleaseOutcome.UNKNOWN) {
      LOG.warn("lock={} outcome={}", LogText.value(name), outcome);
    } else {
      LOG.debug("lock={} outcome={}", LogText.value(name), outcome);
    }
    publish(l -> l.onReleased(new LockEvent.Released(name, outcome, holdTime)));
  }

  void publishReleasedLate(String name, ReleaseOutcome outcome, Duration lateBy) {
    LOG.warn(
        "lock={} outcome={} lateMillis={} hint=\"the work outlived its lease\"",
        LogText.value(name),
        outcome,
        lateBy.toMillis());
    publish(l -> l.onReleasedLate(new LockEvent.ReleasedLate(name, outcome, lateBy)));
  }
}
