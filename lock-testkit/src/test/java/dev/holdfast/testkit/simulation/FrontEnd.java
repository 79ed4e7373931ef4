package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * The time that the table's replies show: a front end may serve the header from a cache that is
 * renewed once a second, and may round it up by half a second.
 *
 * @param truth the true time
 */
record FrontEnd(TimeSource truth, Random random) implements TimeSource {
  private static final int CACHED_MILLIS_MAX = 1_000;
  private static final int ROUNDED_MILLIS = 500;

  @Override
  public Instant wall() {
    int late = random.nextInt(CACHED_MILLIS_MAX + ROUNDED_MILLIS) - ROUNDED_MILLIS;
    return truth.wall().minusMillis(late);
  }

  @Override
  public long monotonicNanos() {
    return truth.monotonicNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    truth.sleep(duration);
  }
}
