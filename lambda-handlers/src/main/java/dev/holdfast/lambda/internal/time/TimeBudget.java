package dev.holdfast.lambda.internal.time;

import java.time.Duration;
import java.util.Optional;

/**
 * What an invocation's remaining time means for its lock.
 *
 * <p>The lease lasts as long as the sandbox can: until the deadline, and a grace longer, since a
 * sandbox is killed some time after its deadline. A holder believes in 99.9 % of its lease only, so
 * the lease is made longer by that part. It is never renewed and needs no thread, unless a shorter
 * one was asked for that is.
 *
 * @param timeoutGrace how long a sandbox may live past its deadline
 * @param minRemainingTime the least time in which work can finish
 * @param maxWait the longest wait for a busy lock, where the remaining time would allow more; empty
 *     where that is up to the trigger
 * @param renewal a shorter lease, and what becomes of work that loses it
 */
public record TimeBudget(
    Duration timeoutGrace,
    Duration minRemainingTime,
    Optional<Duration> maxWait,
    Optional<RenewalSettings> renewal) {
  private static final Duration MIN_LEASE_DURATION = Duration.ofSeconds(1);
  private static final Duration MAX_DURATION = Duration.ofHours(24);
  private static final Duration RESPONSE_RESERVE = Duration.ofMillis(250);
  private static final int USABLE_LEASE_PER_MILLE = 999;

  public static final TimeBudget DEFAULT =
      new TimeBudget(
          Duration.ofSeconds(1), Duration.ofMillis(500), Optional.empty(), Optional.empty());

  public TimeBudget {
    validate("grace", timeoutGrace);
    validate("timeNeeded", minRemainingTime);
    maxWait.ifPresent(value -> validate("waitUpTo", value));
  }

  private static void validate(String setting, Duration value) {
    if (value.isNegative() || value.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException(setting + " must be from 0 to 24 h, got " + value);
    }
  }

  public TimeBudget withTimeoutGrace(Duration value) {
    return new TimeBudget(value, minRemainingTime, maxWait, renewal);
  }

  public TimeBudget withMinRemainingTime(Duration value) {
    return new TimeBudget(timeoutGrace, value, maxWait, renewal);
  }

  public TimeBudget withMaxWait(Duration value) {
    return new TimeBudget(timeoutGrace, minRemainingTime, Optional.of(value), renewal);
  }

  public TimeBudget withRenewal(RenewalSettings value) {
    return new TimeBudget(timeoutGrace, minRemainingTime, maxWait, Optional.of(value));
  }

  public TimeBudget withMinRemainingTimeAtLeast(Duration duration) {
    return duration.compareTo(minRemainingTime) > 0 ? withMinRemainingTime(duration) : this;
  }

  public Duration leaseDuration(Duration remaining) {
    long usableMillis = remaining.plus(timeoutGrace).toMillis();
    long leaseMillis = (usableMillis * 1_000 + USABLE_LEASE_PER_MILLE - 1) / USABLE_LEASE_PER_MILLE;
    return clamp(
        MIN_LEASE_DURATION,
        Duration.ofMillis(leaseMillis),
        renewal.isPresent() ? renewal.get().leaseDuration() : MAX_DURATION);
  }

  /** The longest wait where nothing is said: as long as the work fits. */
  public Duration maxWaitOrLongest() {
    return maxWait.orElse(MAX_DURATION);
  }

  /** How long to wait, within a bound, so that the work still fits behind it. */
  public Duration waitTime(Duration remaining, Duration limit) {
    return clamp(Duration.ZERO, remaining.minus(minRemainingTime), limit);
  }

  /** By when every call for a lock must have ended, so that the answer still gets out in time. */
  public Duration requestDeadline(Duration remaining) {
    return clamp(Duration.ZERO, remaining.minus(RESPONSE_RESERVE), MAX_DURATION);
  }

  /** Returns whether work may start with this remaining time. */
  public boolean isSufficient(Duration remaining) {
    return remaining.compareTo(minRemainingTime) >= 0;
  }

  private static Duration clamp(Duration min, Duration value, Duration max) {
    Duration raised = value.compareTo(min) < 0 ? min : value;
    return raised.compareTo(max) > 0 ? max : raised;
  }
}
