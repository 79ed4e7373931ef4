package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * One host's clocks, told by the true time: the wall clock is off by what it was last set to, the
 * monotonic one runs a little too fast or too slow, and stands still while its host is frozen.
 */
final class HostClock implements TimeSource {
  private static final double DRIFT_MAX = 0.0009;
  private static final int NAP_MILLIS_MIN = 200;
  private static final int NAP_MILLIS_MAX = 500;

  private final ManualTime truth;
  private final Random random;
  private final Duration offMax;
  private final double rate;
  private Duration off;
  private long frozenAt;
  private long frozenNanos;
  private boolean frozen;

  HostClock(ManualTime truth, Random random, Duration offMax) {
    this.truth = truth;
    this.random = random;
    this.offMax = offMax;
    this.rate = 1 + DRIFT_MAX * (2 * random.nextDouble() - 1);
    this.off = drawnOffset();
  }

  private Duration drawnOffset() {
    return Duration.ofNanos((long) ((random.nextDouble() - 0.5) * offMax.toNanos()));
  }

  @Override
  public Instant wall() {
    return truth.wall().plus(off);
  }

  @Override
  public long monotonicNanos() {
    long standing = frozen ? truth.monotonicNanos() - frozenAt : 0;
    return (long) ((truth.monotonicNanos() - frozenNanos - standing) * rate);
  }

  /** The jitter of what was asked for is not of the seed, so a sleeper sleeps as the seed says. */
  @Override
  public void sleep(Duration asked) throws InterruptedException {
    thaw();
    truth.advance(
        Duration.ofMillis(NAP_MILLIS_MIN + random.nextInt(NAP_MILLIS_MAX - NAP_MILLIS_MIN)));
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while sleeping");
    }
  }

  void setWall() {
    off = drawnOffset();
  }

  /** The process stops until its owner has something to do again. */
  void freeze() {
    thaw();
    frozen = true;
    frozenAt = truth.monotonicNanos();
  }

  void thaw() {
    frozenNanos += frozen ? truth.monotonicNanos() - frozenAt : 0;
    frozen = false;
  }
}
