package dev.holdfast.lambda.internal.time;

import dev.holdfast.lambda.internal.admission.WorkGuard;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The longest that a piece of work took in this invocation: the next may need as long. Thread-safe.
 */
public final class WorkTimeEstimate {
  private final AtomicReference<Duration> longest = new AtomicReference<>(Duration.ZERO);

  /** The gate through which only work passes that fits. */
  public WorkGuard applyTo(WorkGuard workGuard) {
    return workGuard.withMinRemainingTimeAtLeast(longest.get());
  }

  public void recordDuration(Duration duration) {
    longest.accumulateAndGet(
        duration, (current, observed) -> observed.compareTo(current) > 0 ? observed : current);
  }
}
