package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.RowState;
import java.time.Duration;
import java.util.Optional;

/**
 * Events of the acquires of one call, one after the other. Measures nothing if the client has no
 * listener. Used by one thread.
 */
final class AcquireEvents {
  private final LockEngine engine;
  private final ListenerNotifier notifier;
  private int rejectedAttempts;
  private long startNanos;

  AcquireEvents(LockEngine engine) {
    this.engine = engine;
    this.notifier = engine.notifier();
    this.startNanos = notifier.isEnabled() ? engine.timeSource().monotonicNanos() : 0;
  }

  /** Counts a conditional check failure. */
  void onReply(Reply reply) {
    if (reply instanceof Reply.Rejected) {
      rejectedAttempts++;
    }
  }

  /** Publishes the outcome of an acquire, and starts to measure the next one. */
  void publish(AcquireStep.Outcome outcome) {
    if (notifier.isEnabled()) {
      long now = engine.timeSource().monotonicNanos();
      publish(outcome, Duration.ofNanos(now - startNanos), rejectedAttempts);
      rejectedAttempts = 0;
      startNanos = now;
    }
  }

  private void publish(AcquireStep.Outcome outcome, Duration waitTime, int rejected) {
    String name = outcome.attempt().spec().name();
    if (outcome instanceof AcquireStep.Acquired granted) {
      String acquired = granted.hold().row().name();
      notifier.publish(l -> l.onAcquired(new LockEvent.Acquired(acquired, waitTime, rejected)));
      takeoverEvent(granted).ifPresent(event -> notifier.publish(l -> l.onTakenOver(event)));
    } else if (outcome instanceof AcquireStep.Busy busy) {
      LockEvent.NotAcquired event =
          new LockEvent.NotAcquired(
              name, Optional.of(ApiMapper.holder(busy.row())), waitTime, rejected);
      notifier.publish(l -> l.onNotAcquired(event));
    } else if (outcome instanceof AcquireStep.Completed) {
      LockEvent.NotAcquired event =
          new LockEvent.NotAcquired(name, Optional.empty(), waitTime, rejected);
      notifier.publish(l -> l.onNotAcquired(event));
    }
  }

  /**
   * Returns the event if the acquire took over the row of another holder. A row with a nonce of
   * this attempt had no holder: the attempt abandoned it or received no reply.
   */
  private static Optional<LockEvent.TakenOver> takeoverEvent(AcquireStep.Acquired granted) {
    String ownNonce = granted.hold().row().version().nonce();
    if (!(granted.previous() instanceof LockRow previous)
        || previous.state() != RowState.HELD
        || previous.version().nonce().equals(ownNonce)
        || granted.attempt().orphans().contains(previous.version().nonce())) {
      return Optional.empty();
    }
    long acquiredAtMillis = granted.hold().confirmed().validFrom().wallMillis();
    long millisSinceExpiry = Math.max(0, acquiredAtMillis - previous.leaseTerm().expiresAtMillis());
    return Optional.of(
        new LockEvent.TakenOver(
            previous.name(), ApiMapper.holder(previous), Duration.ofMillis(millisSinceExpiry)));
  }
}
