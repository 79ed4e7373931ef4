package dev.holdfast.lambda;

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
 * @param grace how long a sandbox may live past its deadline
 * @param needed the least time in which work can finish
 * @param waitMax the longest wait for a busy lock, where the remaining time would allow more; empty
 *     where that is up to the trigger
 * @param renewing a shorter lease, and what becomes of work that loses it
 */
record TimePolicy(
    Duration grace, Duration needed, Optional<Duration> waitMax, Optional<Renewing> renewing) {
  private static final Duration LEASE_MIN = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration ANSWERING = Duration.ofMillis(250);
  private static final int PER_MILLE_BELIEVED = 999;

  static final TimePolicy DEFAULT =
      new TimePolicy(
          Duration.ofSeconds(1), Duration.ofMillis(500), Optional.empty(), Optional.empty());

  TimePolicy {
    check("grace", grace);
    check("timeNeeded", needed);
    waitMax.ifPresent(value -> check("waitUpTo", value));
  }

  private static void check(String what, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(what + " must be from 0 to 24 h, got " + value);
    }
  }

  TimePolicy withGrace(Duration value) {
    return new TimePolicy(value, needed, waitMax, renewing);
  }

  TimePolicy withNeeded(Duration value) {
    return new TimePolicy(grace, value, waitMax, renewing);
  }

  TimePolicy withWaitMax(Duration value) {
    return new TimePolicy(grace, needed, Optional.of(value), renewing);
  }

  TimePolicy withRenewing(Renewing value) {
    return new TimePolicy(grace, needed, waitMax, Optional.of(value));
  }

  TimePolicy needingAtLeast(Duration seen) {
    return seen.compareTo(needed) > 0 ? withNeeded(seen) : this;
  }

  Duration lease(Duration remaining) {
    long believed = remaining.plus(grace).toMillis();
    long whole = (believed * 1_000 + PER_MILLE_BELIEVED - 1) / PER_MILLE_BELIEVED;
    return within(
        LEASE_MIN, Duration.ofMillis(whole), renewing.map(Renewing::lease).orElse(LONGEST));
  }

  /** The longest wait where nothing is said: as long as the work fits. */
  Duration longestWait() {
    return waitMax.orElse(LONGEST);
  }

  /** How long to wait, within a bound, so that the work still fits behind it. */
  Duration wait(Duration remaining, Duration bound) {
    return within(Duration.ZERO, remaining.minus(needed), bound);
  }

  /** By when every call for a lock must have ended, so that the answer still gets out in time. */
  Duration calls(Duration remaining) {
    return within(Duration.ZERO, remaining.minus(ANSWERING), LONGEST);
  }

  void ensureFits(Duration remaining) {
    if (remaining.compareTo(needed) < 0) {
      throw new TooLittleTimeException(remaining, needed);
    }
  }

  private static Duration within(Duration min, Duration value, Duration max) {
    Duration atLeast = value.compareTo(min) < 0 ? min : value;
    return atLeast.compareTo(max) > 0 ? max : atLeast;
  }
}
