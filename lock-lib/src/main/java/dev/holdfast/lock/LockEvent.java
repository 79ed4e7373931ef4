package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.Arguments;
import java.time.Duration;
import java.util.Optional;

/** Event that a {@link LockListener} receives. Durations are by this host's clocks. */
public sealed interface LockEvent {

  /**
   * Returns the name of the lock.
   *
   * @return the lock's name; for a permit, the name of the permit
   */
  String name();

  /**
   * Acquire of a lock, or takeover of a transferred lock.
   *
   * @param name the lock's name
   * @param waitTime duration of the acquire, including its requests; for several locks, the
   *     duration since the previous lock was acquired
   * @param rejectedAttempts number of conditional check failures
   */
  record Acquired(String name, Duration waitTime, int rejectedAttempts) implements LockEvent {
    @Override
    public String toString() {
      return Arguments.ToStringBuilder.of(Acquired.class, name)
          .add("waitTime", waitTime)
          .add("rejectedAttempts", rejectedAttempts)
          .toString();
    }
  }

  /**
   * Takeover of a lock whose lease had expired, because its holder crashed or was stopped for too
   * long. It follows {@link Acquired}.
   *
   * @param name the lock's name
   * @param previousHolder the holder whose lease had expired
   * @param timeSinceExpiry time since the lease expired, as exact as the two hosts' clocks agree
   */
  record TakenOver(String name, Holder previousHolder, Duration timeSinceExpiry)
      implements LockEvent {
    @Override
    public String toString() {
      return Arguments.ToStringBuilder.of(TakenOver.class, name)
          .add("previousHolder", previousHolder)
          .add("timeSinceExpiry", timeSinceExpiry)
          .toString();
    }
  }

  /**
   * End of a call that did not acquire a lock, because another holder has it or the work was
   * completed before.
   *
   * @param name the lock's name
   * @param holder the current holder; empty if the work was completed before
   * @param waitTime duration of the call, including its requests
   * @param rejectedAttempts number of conditional check failures
   */
  record NotAcquired(String name, Optional<Holder> holder, Duration waitTime, int rejectedAttempts)
      implements LockEvent {
    @Override
    public String toString() {
      return Arguments.ToStringBuilder.of(NotAcquired.class, name)
          .add("holder", holder)
          .add("waitTime", waitTime)
          .add("rejectedAttempts", rejectedAttempts)
          .toString();
    }
  }

  /**
   * Renewal of a lock by its owner, by a keep-alive, or during the wait for further locks.
   *
   * @param name the lock's name
   * @param leaseDuration duration of the new lease
   * @param previousRemaining remaining time of the previous lease when the renewal was sent
   */
  record Renewed(String name, Duration leaseDuration, Duration previousRemaining)
      implements LockEvent {
    @Override
    public String toString() {
      return Arguments.ToStringBuilder.of(Renewed.class, name)
          .add("leaseDuration", leaseDuration)
          .add("previousRemaining", previousRemaining)
          .toString();
    }
  }

  /**
   * Release or completion of a lock that was held.
   *
   * @param name the lock's name
   * @param outcome outcome of the release
   * @param holdTime time from the acquire to the release
   */
  record Released(String name, ReleaseOutcome outcome, Duration holdTime) implements LockEvent {
    @Override
    public String toString() {
      return Arguments.ToStringBuilder.of(Released.class, name)
          .add("outcome", outcome)
          .add("holdTime", holdTime)
          .toString();
    }
  }

  /**
   * Release or completion of a lock that was lost. It follows {@link Lost}.
   *
   * @param name the lock's name
   * @param outcome outcome of the release
   * @param lateBy time from the expiry of the lease to the release
   */
  record ReleasedLate(String name, ReleaseOutcome outcome, Duration lateBy) implements LockEvent {
    @Override
    public String toString() {
      return Arguments.ToStringBuilder.of(ReleasedLate.class, name)
          .add("outcome", outcome)
          .add("lateBy", lateBy)
          .toString();
    }
  }

  /**
   * Loss of a lock.
   *
   * @param name the lock's name
   * @param reason reason of the loss; never {@link LockLoss.Reason#RENEWAL_FAILED}, which precedes
   *     a loss
   */
  record Lost(String name, LockLoss.Reason reason) implements LockEvent {
    @Override
    public String toString() {
      return Arguments.ToStringBuilder.of(Lost.class, name).add("reason", reason).toString();
    }
  }

  /**
   * Backoff because the table limits the request rate.
   *
   * @param name the lock's name
   * @param attempt number of failed attempts
   * @param backoff duration of the backoff
   */
  record Throttled(String name, int attempt, Duration backoff) implements LockEvent {
    @Override
    public String toString() {
      return Arguments.ToStringBuilder.of(Throttled.class, name)
          .add("attempt", attempt)
          .add("backoff", backoff)
          .toString();
    }
  }

  /**
   * Backoff because another request was changing the row, for example a transaction or another
   * Region.
   *
   * @param name the lock's name
   * @param attempt number of failed attempts
   * @param backoff duration of the backoff
   */
  record Contention(String name, int attempt, Duration backoff) implements LockEvent {
    @Override
    public String toString() {
      return Arguments.ToStringBuilder.of(Contention.class, name)
          .add("attempt", attempt)
          .add("backoff", backoff)
          .toString();
    }
  }

  /**
   * Clock skew of this host that exceeds the clock model. This host acquires no lock by its clock.
   * If the clock is behind, the locks that this host holds are lost.
   *
   * @param name the lock whose request showed the skew
   * @param skew minimum deviation, positive if the clock is ahead of the table's, negative if it is
   *     behind
   */
  record ClockSkewExceeded(String name, Duration skew) implements LockEvent {
    @Override
    public String toString() {
      return Arguments.ToStringBuilder.of(ClockSkewExceeded.class, name)
          .add("skew", skew)
          .toString();
    }
  }
}
