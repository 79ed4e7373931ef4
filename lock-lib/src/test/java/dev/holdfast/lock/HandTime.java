package dev.holdfast.lock;

import java.time.Duration;
import java.time.Instant;

/** Clocks that are moved by hand; sleeping moves them too. */
final class HandTime implements TimeSource {
  private Instant wall = Instant.parse("2027-01-15T08:00:00Z");
  private long nanos = 17;
  private boolean interruptNextSleep;

  HandTime passes(Duration duration) {
    wall = wall.plus(duration);
    nanos += duration.toNanos();
    return this;
  }

  void wallJumps(Duration duration) {
    wall = wall.plus(duration);
  }

  void interruptNextSleep() {
    interruptNextSleep = true;
  }

  @Override
  public Instant wall() {
    return wall;
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (interruptNextSleep) {
      throw new InterruptedException("told to");
    }
    passes(duration);
  }
}
