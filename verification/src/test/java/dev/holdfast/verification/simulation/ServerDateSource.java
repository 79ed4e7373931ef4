package dev.holdfast.verification.simulation;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * The table's time in its replies. A front end may cache the header for a second and may round it
 * up by half a second.
 *
 * @param trueTime the true time
 */
record ServerDateSource(TimeSource trueTime, Random random) implements TimeSource {
  private static final int MAX_CACHE_MILLIS = 1_000;
  private static final int MAX_ROUNDING_MILLIS = 500;

  @Override
  public Instant wallTime() {
    int lagMillis = random.nextInt(MAX_CACHE_MILLIS + MAX_ROUNDING_MILLIS) - MAX_ROUNDING_MILLIS;
    return trueTime.wallTime().minusMillis(lagMillis);
  }

  @Override
  public long monotonicNanos() {
    return trueTime.monotonicNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    trueTime.sleep(duration);
  }
}
