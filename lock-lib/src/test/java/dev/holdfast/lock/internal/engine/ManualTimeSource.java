package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Time source with manual clocks. A sleep advances them. */
public final class ManualTimeSource implements TimeSource {
  private static final long START_NANOS = 17;

  private Instant wall = Instant.parse("2027-01-15T08:00:00Z");
  private long nanos = START_NANOS;
  private boolean interruptNextSleep;

  /** Returns the monotonic time since the creation. */
  Duration elapsed() {
    return Duration.ofNanos(nanos - START_NANOS);
  }

  ManualTimeSource advance(Duration duration) {
    wall = wall.plus(duration);
    nanos += duration.toNanos();
    return this;
  }

  void shiftWallTime(Duration duration) {
    wall = wall.plus(duration);
  }

  void interruptNextSleep() {
    interruptNextSleep = true;
  }

  @Override
  public Instant wallTime() {
    return wall;
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (interruptNextSleep) {
      throw new InterruptedException("interrupted by the test");
    }
    advance(duration);
  }
}
