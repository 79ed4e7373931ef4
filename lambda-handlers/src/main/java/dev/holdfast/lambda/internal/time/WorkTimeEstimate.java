package dev.holdfast.lambda.internal.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Estimate of the time that the next piece of work of an invocation needs: the longest time that
 * one has taken so far. Thread-safe.
 */
public final class WorkTimeEstimate {
  private final AtomicReference<Duration> longest = new AtomicReference<>(Duration.ZERO);

  /** Returns the longest recorded duration, or zero. */
  public Duration duration() {
    return longest.get();
  }

  /** Records the duration of one piece of work. */
  public void recordDuration(Duration duration) {
    longest.accumulateAndGet(
        duration, (current, observed) -> observed.compareTo(current) > 0 ? observed : current);
  }
}
