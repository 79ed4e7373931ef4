package dev.holdfast.lambda;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The longest that a piece of work took in this invocation: the next may need as long. Thread-safe.
 */
final class Pace {
  private final AtomicReference<Duration> longest = new AtomicReference<>(Duration.ZERO);

  /** The gate through which only work passes that fits. */
  Gate at(Gate gate) {
    return gate.needingAtLeast(longest.get());
  }

  void took(Duration time) {
    longest.accumulateAndGet(time, (known, seen) -> seen.compareTo(known) > 0 ? seen : known);
  }
}
