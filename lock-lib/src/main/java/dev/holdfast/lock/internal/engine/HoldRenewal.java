package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.internal.protocol.ClockReading;
import dev.holdfast.lock.internal.protocol.Hold;
import dev.holdfast.lock.internal.protocol.RenewalResult;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Duration;

/**
 * The renewals of a held lock. Thread-safe.
 *
 * @param engine shared state of the client
 * @param lifecycle state of the lock
 * @param requestDeadlineNanos monotonic time by which every call ends
 */
record HoldRenewal(LockEngine engine, HoldLifecycle lifecycle, long requestDeadlineNanos) {

  /**
   * Renews the lease; a lock that is lost and a renewal without a reply are errors. A renewal that
   * meets contention is repeated for half of the remaining validity.
   */
  void renew(Duration leaseDuration) {
    long retryNanos = lifecycle.hold().remainingNanos(engine.now()) / 2;
    if (renewExclusively(leaseDuration, retryNanos) instanceof RenewalResult.Unknown unknown) {
      throw OutcomeErrors.forHolderWrite(lifecycle.name(), "the renewal", unknown.failure());
    }
  }

  /** Renews as {@link #renew(Duration)}, and returns the outcome, also of an expired lease. */
  RenewalResult tryRenew(Duration leaseDuration) {
    try {
      return renewExclusively(leaseDuration, 0);
    } catch (LockLostException e) {
      return new RenewalResult.Lost();
    }
  }

  /** Checks the result before another thread gets the mutex, so that a later close is no loss. */
  private RenewalResult renewExclusively(Duration leaseDuration, long retryNanos) {
    return lifecycle.runExclusively(
        () -> {
          RenewalResult renewal = send(leaseDuration.toMillis(), requestDeadlineNanos, retryNanos);
          if (!(renewal instanceof RenewalResult.Unknown)) {
            lifecycle.ensureHeld();
          }
          return renewal;
        });
  }

  /** Renews the lease for its current duration, with a limit for the requests. */
  RenewalResult renewWithin(long requestTimeoutNanos) {
    return lifecycle.runExclusively(
        () -> {
          long deadlineNanos = engine.timeSource().monotonicNanos() + requestTimeoutNanos;
          long leaseMillis = lifecycle.hold().row().leaseTerm().leaseMillis();
          return send(leaseMillis, Math.min(requestDeadlineNanos, deadlineNanos), 0);
        });
  }

  private RenewalResult send(long leaseMillis, long deadlineNanos, long retryNanos) {
    lifecycle.requireOpen("renew it");
    ClockReading now = engine.now();
    lifecycle.ensureHeld();
    Hold previous = lifecycle.hold();
    Hold renewing = previous.withPendingRenewal(now, leaseMillis);
    lifecycle.transition(s -> s.withHold(renewing));
    LockEngine.SentWrite<Hold> sent =
        engine.sendAsHolder(
            renewing,
            h -> new Write.Renew(h.row()),
            Hold::adoptingTokenOf,
            deadlineNanos,
            engine.retryDeadline(retryNanos, deadlineNanos));
    RenewalResult renewal = sent.sender().afterRenewal(sent.reply());
    Hold renewed = lifecycle.transition(s -> s.afterRenewal(renewal)).hold();
    if (renewal instanceof RenewalResult.Lost) {
      engine.waitQueues().onHoldEnded(renewed.row(), engine.now());
    } else {
      engine.waitQueues().onHoldExtended(renewed);
    }
    if (renewal instanceof RenewalResult.Renewed) {
      Duration previousRemaining = Duration.ofNanos(previous.remainingNanos(now));
      LockEvent.Renewed event =
          new LockEvent.Renewed(
              lifecycle.name(), Duration.ofMillis(leaseMillis), previousRemaining);
      engine.notifier().publish(l -> l.onRenewed(event));
    }
    return renewal;
  }
}
