package dev.holdfast.demo.cloud;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The time since a run began.
 *
 * @param time the clocks
 * @param start when it began
 */
public record RunClock(TimeSource time, Instant start) {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /**
   * A run that begins now.
   *
   * @param time the clocks
   * @return its clock
   */
  public static RunClock startingNow(TimeSource time) {
    return new RunClock(time, time.wall());
  }

  /**
   * How long the run has been going on.
   *
   * @return the time since its start
   */
  public Duration elapsed() {
    return Duration.between(start, time.wall());
  }

  /**
   * Waits for a moment of the run.
   *
   * @param moment the moment, from the start
   * @throws InterruptedException if the thread is interrupted
   */
  public void waitFor(Duration moment) throws InterruptedException {
    Duration left = moment.minus(elapsed());
    if (!left.isNegative()) {
      time.sleep(left);
    }
  }

  /**
   * Waits for a condition.
   *
   * @param condition what to wait for
   * @param last the moment of the run at which to give up
   * @return whether it came true
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean waitUntil(BooleanSupplier condition, Duration last) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (elapsed().compareTo(last) > 0) {
        return false;
      }
      time.sleep(LOOK_AGAIN);
    }
    return true;
  }
}
