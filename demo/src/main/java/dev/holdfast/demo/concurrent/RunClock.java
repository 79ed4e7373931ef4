package dev.holdfast.demo.concurrent;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The time since a run began.
 *
 * @param time the clocks
 * @param startedAt when it began
 */
public record RunClock(TimeSource time, Instant startedAt) {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  /**
   * A run that begins now.
   *
   * @param time the clocks
   * @return its clock
   */
  public static RunClock startNow(TimeSource time) {
    return new RunClock(time, time.wallTime());
  }

  /**
   * How long the run has been going on.
   *
   * @return the time since its start
   */
  public Duration elapsed() {
    return Duration.between(startedAt, time.wallTime());
  }

  /**
   * Waits for a moment of the run.
   *
   * @param offset the moment, from the start
   * @throws InterruptedException if the thread is interrupted
   */
  public void sleepUntil(Duration offset) throws InterruptedException {
    Duration remaining = offset.minus(elapsed());
    if (!remaining.isNegative()) {
      time.sleep(remaining);
    }
  }

  /**
   * Waits for a condition.
   *
   * @param condition what to wait for
   * @param deadline the moment of the run at which to give up
   * @return whether it came true
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
