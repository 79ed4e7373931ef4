package dev.holdfast.lambda;

import dev.holdfast.lock.Holder;
import java.time.Duration;
import java.time.Instant;

/** When a busy message should come again. */
final class Deferral {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(12);

  /** Other hosts' clocks may be behind by so much before they take a lease for over. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private Deferral() {}

  /**
   * Nobody knows when a hold will end, only how long it has lasted and when it ends at the latest.
   * One that has lasted a while is guessed to last as long again: so a message comes back soon
   * after a short hold, and a long one costs few receives.
   */
  static Duration until(Holder holder, Instant now) {
    Duration held = Duration.between(holder.acquiredAt(), now);
    Duration latest = Duration.between(now, holder.leaseEnd()).plus(MARGIN);
    Duration guess = held.compareTo(latest) > 0 ? latest : held;
    Duration inSeconds = Duration.ofSeconds(guess.plusMillis(999).toSeconds());
    Duration bounded = inSeconds.compareTo(LONGEST) > 0 ? LONGEST : inSeconds;
    return bounded.compareTo(SHORTEST) < 0 ? SHORTEST : bounded;
  }
}
