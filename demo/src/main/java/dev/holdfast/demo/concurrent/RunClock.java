package dev.holdfast.demo.concurrent;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Clock that measures the time since the start of a run.
 *
 * @param time the time source
 * @param startedAt the start of the run
 */
public record RunClock(TimeSource time, Instant startedAt) {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  /**
   * Creates the clock of a run that starts now.
   *
   * @param time the time source
   * @return the clock
   */
  public static RunClock startNow(TimeSource time) {
    return new RunClock(time, time.wallTime());
  }

  /**
   * Returns the time since the start of the run.
   *
   * @return the elapsed time
   */
  public Duration elapsed() {
    return Duration.between(startedAt, time.wallTime());
  }

  /**
   * Sleeps until an offset from the start of the run.
   *
   * @param offset the offset
   * @throws InterruptedException if the thread is interrupted
   */
  public void sleepUntil(Duration offset) throws InterruptedException {
    Duration remaining = offset.minus(elapsed());
    if (!remaining.isNegative()) {
      time.sleep(remaining);
    }
  }

  /**
   * Waits until a condition is true.
   *
   * @param condition the condition
   * @param deadline the offset from the start of the run at which the wait ends
   * @return whether the condition became true
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean waitUntil(BooleanSupplier condition, Duration deadline)
      throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (elapsed().compareTo(deadline) > 0) {
        return false;
      }
      time.sleep(POLL_INTERVAL);
    }
    return true;
  }
}
