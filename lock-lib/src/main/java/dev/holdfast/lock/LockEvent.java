package dev.holdfast.lock;

import java.time.Duration;
import java.util.Optional;

/** What a {@link LockListener} is told. Durations are by this host's clocks. */
public sealed interface LockEvent {

  /**
   * The lock that it is about.
   *
   * @return the lock's name; for one of several permits that of the permit
   */
  String name();

  /**
   * A lock was acquired, or a ticket redeemed.
   *
   * @param name the lock's name
   * @param waitTime how long that took, calls included; for one of several locks, since the one
   *     before
   * @param rejectedAttempts how many PutItems were refused on the way
   */
  record Acquired(String name, Duration waitTime, int rejectedAttempts) implements LockEvent {}

  /**
   * A lock was acquired whose holder had let its lease end: it crashed, or was stopped for too
   * long. Follows {@link Acquired}.
   *
   * @param name the lock's name
   * @param previousHolder who held it
   * @param timeSinceExpiry how long after the end of its lease, as exactly as the two hosts' clocks
   *     agree
   */
  record TakenOver(String name, Holder previousHolder, Duration timeSinceExpiry)
      implements LockEvent {}

  /**
   * A lock was not acquired, since somebody else has it, or the work was done before.
   *
   * @param name the lock's name
   * @param holder who has it; nobody where the work was done and is remembered
   * @param waitTime how long it was waited for, calls included
   * @param rejectedAttempts how many PutItems were refused
   */
  record NotAcquired(String name, Optional<Holder> holder, Duration waitTime, int rejectedAttempts)
      implements LockEvent {}

  /**
   * A lock was renewed, by its owner, by a keep-alive or while it waited for others.
   *
   * @param name the lock's name
   * @param leaseDuration its lease from now on
   * @param previousRemaining how much was left of the one before when it was sent
   */
  record Renewed(String name, Duration leaseDuration, Duration previousRemaining)
      implements LockEvent {}

  /**
   * A lock was released or completed while it was held.
   *
   * @param name the lock's name
   * @param outcome what came of it
   * @param holdTime how long it had been held
   */
  record Released(String name, ReleaseOutcome outcome, Duration holdTime) implements LockEvent {}

  /**
   * A lock was released or completed after it was lost. Follows {@link Lost}.
   *
   * @param name the lock's name
   * @param outcome what came of it
   * @param lateBy how long after its validity was over
   */
  record ReleasedLate(String name, ReleaseOutcome outcome, Duration lateBy) implements LockEvent {}

  /**
   * A lock was found to be lost.
   *
   * @param name the lock's name
   * @param reason why; never {@link LockLoss.Reason#RENEWAL_FAILED}, which comes before the loss
   */
  record Lost(String name, LockLoss.Reason reason) implements LockEvent {}

  /**
   * The table limits the rate of writes, and the lock backs off.
   *
   * @param name the lock's name
   * @param attempt how many tries have failed so far
   * @param backoff for how long
   */
  record Throttled(String name, int attempt, Duration backoff) implements LockEvent {}

  /**
   * This host's clock was found to be off by more than the clock model allows: no lock is handed
   * out by it, and what it holds is lost where it is behind.
   *
   * @param name the lock that it was found at
   * @param skew at least so much; positive where it is ahead of the table's, negative where it is
   *     behind
   */
  record ClockSkewExceeded(String name, Duration skew) implements LockEvent {}
}
