package dev.holdfast.lambda.internal.time;

import java.time.Duration;
import java.util.Optional;

/**
 * Rules that derive leases, waits and request deadlines from an invocation's remaining time.
 *
 * <p>A lease lasts until the deadline plus a grace, because Lambda stops an execution environment
 * some time after its deadline. A holder uses only 99.9 % of its lease, so the lease is longer by
 * that part. It is not renewed and needs no thread, unless a shorter, renewed lease is set.
 *
 * @param timeoutGrace the time for which an execution environment may run after its deadline
 * @param minRemainingTime the shortest remaining time with which work may start
 * @param maxWait the longest wait for a busy lock; empty if the trigger decides
 * @param renewal the shorter lease that is renewed; empty if leases last until the deadline
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

  /** Time budget of a guard without options. */
  public static final TimeBudget DEFAULT =
      new TimeBudget(
          Duration.ofSeconds(1), Duration.ofMillis(500), Optional.empty(), Optional.empty());

  public TimeBudget {
    validate("timeout grace", timeoutGrace);
    validate("minimum remaining time", minRemainingTime);
    maxWait.ifPresent(value -> validate("maximum wait", value));
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

  /** Returns a budget whose minimum remaining time is at least this duration. */
  public TimeBudget withMinRemainingTimeAtLeast(Duration duration) {
    return duration.compareTo(minRemainingTime) > 0 ? withMinRemainingTime(duration) : this;
  }

  /** Returns the lease duration for work that starts with this remaining time. */
  public Duration leaseDuration(Duration remaining) {
    long usableMillis = remaining.plus(timeoutGrace).toMillis();
    long leaseMillis = (usableMillis * 1_000 + USABLE_LEASE_PER_MILLE - 1) / USABLE_LEASE_PER_MILLE;
    return clamp(
        MIN_LEASE_DURATION,
        Duration.ofMillis(leaseMillis),
        renewal.isPresent() ? renewal.get().leaseDuration() : MAX_DURATION);
  }

  /** Returns the maximum wait; 24 h if none is set, so that the remaining time limits the wait. */
  public Duration maxWaitOrLongest() {
    return maxWait.orElse(MAX_DURATION);
  }

  /** Returns the longest wait within a limit that leaves enough time for the work. */
  public Duration waitTime(Duration remaining, Duration limit) {
    return clamp(Duration.ZERO, remaining.minus(minRemainingTime), limit);
  }

  /** Returns the time after which no request may run, so that the response is sent in time. */
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
