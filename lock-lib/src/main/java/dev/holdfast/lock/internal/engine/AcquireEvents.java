package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a listener is told of one wish for a lock, or of several one after the other. Measures
 * nothing where nobody listens. Used by one thread.
 */
public final class AcquireEvents {
  private final AttemptRunner attemptRunner;
  private final @Nullable CountingLockStore countingStore;
  private long startNanos;

  private AcquireEvents(AttemptRunner attemptRunner, @Nullable CountingLockStore countingStore) {
    this.attemptRunner = attemptRunner;
    this.countingStore = countingStore;
    this.startNanos = countingStore == null ? 0 : attemptRunner.timeSource().monotonicNanos();
  }

  public static AcquireEvents forRunner(AttemptRunner attemptRunner) {
    return new AcquireEvents(
        attemptRunner,
        attemptRunner.notifier().isEnabled()
            ? new CountingLockStore(attemptRunner.lockStore())
            : null);
  }

  /** What to ask with. */
  public AttemptRunner attemptRunner() {
    return countingStore == null ? attemptRunner : attemptRunner.forStore(countingStore);
  }

  /** Tells what came of the wish; the next one begins. */
  public AcquireStep.Outcome publish(AcquireStep.Outcome outcome) {
    if (countingStore != null) {
      long now = attemptRunner.timeSource().monotonicNanos();
      publishEvents(
          outcome, Duration.ofNanos(now - startNanos), countingStore.drainRejectedAttempts());
      startNanos = now;
    }
    return outcome;
  }

  private void publishEvents(AcquireStep.Outcome outcome, Duration waitTime, int rejectedAttempts) {
    if (outcome instanceof AcquireStep.Acquired granted) {
      publishAcquired(granted.hold(), waitTime, rejectedAttempts);
      takeoverEvent(granted)
          .ifPresent(e -> attemptRunner.notifier().publish(l -> l.onTakenOver(e)));
    } else if (outcome instanceof AcquireStep.Busy busy) {
      publishNotAcquired(
          outcome, Optional.of(Holder.fromRow(busy.row())), waitTime, rejectedAttempts);
    } else if (outcome instanceof AcquireStep.Completed) {
      publishNotAcquired(outcome, Optional.empty(), waitTime, rejectedAttempts);
    }
  }

  private void publishAcquired(Hold hold, Duration waitTime, int rejectedAttempts) {
    String name = hold.row().name();
    attemptRunner
        .notifier()
        .publish(l -> l.onAcquired(new LockEvent.Acquired(name, waitTime, rejectedAttempts)));
  }

  private void publishNotAcquired(
      AcquireStep.Outcome outcome,
      Optional<Holder> holder,
      Duration waitTime,
      int rejectedAttempts) {
    String name = outcome.attempt().spec().name();
    attemptRunner
        .notifier()
        .publish(
            l ->
                l.onNotAcquired(
                    new LockEvent.NotAcquired(name, holder, waitTime, rejectedAttempts)));
  }

  /** A row of ours that was given up, or whose answer got lost, was nobody's. */
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
            previous.name(), Holder.fromRow(previous), Duration.ofMillis(millisSinceExpiry)));
  }
}
