package dev.holdfast.lambda.internal.sqs;

import dev.holdfast.lock.Holder;
import java.time.Duration;
import java.time.Instant;

/** When a busy message should come again. */
final class RedeliveryDelay {
  private static final Duration MIN_DELAY = Duration.ofSeconds(1);
  private static final Duration MAX_DELAY = Duration.ofHours(12);

  /** Other hosts' clocks may be behind by so much before they take a lease for over. */
  private static final Duration CLOCK_SKEW_MARGIN = Duration.ofSeconds(1);

  private RedeliveryDelay() {}

  /**
   * Nobody knows when a hold will end, only how long it has lasted and when it ends at the latest.
   * One that has lasted a while is guessed to last as long again: so a message comes back soon
   * after a short hold, and a long one costs few receives.
   */
  static Duration estimate(Holder holder, Instant now) {
    Duration heldFor = Duration.between(holder.acquiredAt(), now);
    Duration untilLeaseEnd = Duration.between(now, holder.leaseExpiresAt()).plus(CLOCK_SKEW_MARGIN);
    Duration estimate = heldFor.compareTo(untilLeaseEnd) > 0 ? untilLeaseEnd : heldFor;
    Duration wholeSeconds = Duration.ofSeconds(estimate.plusMillis(999).toSeconds());
    Duration bounded = wholeSeconds.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : wholeSeconds;
    return bounded.compareTo(MIN_DELAY) < 0 ? MIN_DELAY : bounded;
  }
}
