package dev.holdfast.lambda.internal.sqs;

import dev.holdfast.lock.Holder;
import java.time.Duration;
import java.time.Instant;

/** Estimate of the visibility timeout of a busy message. */
final class RedeliveryDelay {
  private static final Duration MIN_DELAY = Duration.ofSeconds(1);
  private static final Duration MAX_DELAY = Duration.ofHours(12);

  /** Maximum clock skew between hosts, which delays a takeover after lease expiry. */
  private static final Duration CLOCK_SKEW_MARGIN = Duration.ofSeconds(1);

  private RedeliveryDelay() {}

  /**
   * Returns the time for which the lock has been held so far, bounded by the end of its lease. The
   * remaining hold time is unknown, and this estimate assumes that half of it has passed. A message
   * returns soon after a short hold, and a long hold costs few receives.
   *
   * @return from 1 s to 12 h, in whole seconds
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
