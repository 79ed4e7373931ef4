package dev.holdfast.verification.simulation;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Clocks of one host, derived from the true time. The wall clock has an offset and drifts, as far
 * as the world allows. The monotonic clock runs slightly too fast or too slow, and stops while its
 * host is frozen.
 *
 * <p>The wall clock of a host that freezes is never set, and drifts at most as much as its
 * monotonic clock. If neither clock counted the time, no holder could know that its lease has
 * ended.
 */
final class HostTimeSource implements TimeSource {
  private static final int MAX_OVERSLEEP_MILLIS = 20;
  private static final int OVERSLEEP_FACTOR = 10_000;
  private static final double MAX_WALL_DRIFT = 0.02;

  private final ManualClock trueTime;
  private final Random random;
  private final WorldKind worldKind;
  private final Duration maxSkew;
  private final double monotonicRate;
  private final Mutant mutant;
  private final String hostName;
  private final Instant startTime;
  private final boolean canFreeze;
  private final double wallDrift;
  private long baseSkewNanos;
  private long skewSetAtNanos;
  private long frozenAtNanos;
  private long frozenNanos;
  private boolean frozen;
  private boolean crashed;
  private long missedNanos;
  private Duration waitHint = Duration.ZERO;

  HostTimeSource(ManualClock trueTime, Random random, Schedule schedule, int number) {
    this.trueTime = trueTime;
    this.random = random;
    this.worldKind = schedule.worldKind();
    this.maxSkew = worldKind.maxSkew(number);
    this.startTime = trueTime.wallTime().minusNanos(trueTime.monotonicNanos());
    this.canFreeze = random.nextBoolean();
    double maxDrift = worldKind.maxDrift();
    this.monotonicRate = 1 + maxDrift * (2 * random.nextDouble() - 1);
    this.wallDrift = (canFreeze ? maxDrift : MAX_WALL_DRIFT) * (2 * random.nextDouble() - 1);
    this.mutant = schedule.mutant();
    this.hostName = "host " + number;
    randomizeSkew();
  }

  private void randomizeSkew() {
    boolean withinBound = worldKind.detectsSkew() && random.nextInt(3) > 0;
    long maxNanos = withinBound ? WorldKind.MAX_CLOCK_SKEW.toNanos() : maxSkew.toNanos();
    baseSkewNanos = (long) ((random.nextDouble() - 0.5) * maxNanos);
    skewSetAtNanos = trueTime.monotonicNanos();
  }

  /** Returns the offset of the wall clock in nanoseconds; positive if it is ahead. */
  long skewNanos() {
    long maxNanos = maxSkew.toNanos() / 2;
    long drifted =
        baseSkewNanos + (long) (wallDrift * (trueTime.monotonicNanos() - skewSetAtNanos));
    return Math.max(-maxNanos, Math.min(maxNanos, drifted)) - missedNanos;
  }

  /** Returns whether the wall clock differs by at most half of a maximum. */
  boolean isWithin(Duration maximum) {
    return Math.abs(skewNanos()) <= maximum.toNanos() / 2;
  }

  @Override
  public Instant wallTime() {
    boolean ignored = mutant == Mutant.MONOTONIC_CLOCK_ONLY;
    return ignored
        ? startTime.plusNanos(hostMonotonicNanos())
        : trueTime.wallTime().plusNanos(skewNanos());
  }

  @Override
  public long monotonicNanos() {
    boolean ignored = mutant == Mutant.WALL_CLOCK_ONLY;
    return ignored ? trueTime.monotonicNanos() + skewNanos() : hostMonotonicNanos();
  }

  private long hostMonotonicNanos() {
    long frozenForNanos = frozen ? trueTime.monotonicNanos() - frozenAtNanos : 0;
    return (long) ((trueTime.monotonicNanos() - frozenNanos - frozenForNanos) * monotonicRate);
  }

  /** Sleeps slightly longer than requested. */
  @Override
  public void sleep(Duration requested) throws InterruptedException {
    thaw();
    trueTime.advance(sleepDuration(requested).plusMillis(random.nextInt(MAX_OVERSLEEP_MILLIS)));
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while sleeping");
    }
  }

  private Duration sleepDuration(Duration requested) {
    return switch (mutant) {
      case LATE_WAKEUP -> requested.multipliedBy(OVERSLEEP_FACTOR);
      case WAIT_HINT_NOT_VALIDATED -> requested.plus(waitHint);
      default -> requested;
    };
  }

  /** Sets the wait hint of a row, which a mutant uses without validation. */
  void setWaitHint(Duration wait) {
    waitHint = wait;
  }

  /**
   * Sleeps unless the signal is complete. One thread runs all hosts, so no signal completes during
   * the sleep.
   */
  @Override
  public void await(CompletableFuture<?> signal, Duration duration) throws InterruptedException {
    if (!signal.isDone()) {
      sleep(duration);
    }
  }

  /** Sets the wall clock to a random offset and returns whether it moved forward. */
  boolean resetWallClock() {
    long skewBefore = skewNanos();
    randomizeSkew();
    return skewNanos() > skewBefore;
  }

  /** Corrects the wall clock in a world that detects clock skew. */
  void correctSkew() {
    if (worldKind.detectsSkew()) {
      baseSkewNanos = 0;
      skewSetAtNanos = trueTime.monotonicNanos();
    }
  }

  /**
   * Returns whether the host freezes sometimes. The wall clock of any other host is set sometimes.
   */
  boolean canFreeze() {
    return canFreeze;
  }

  boolean isFrozen() {
    return frozen;
  }

  String hostName() {
    return hostName;
  }

  /**
   * Pauses both clocks until the returned action runs. The wall clock omits the pause only until
   * the next one.
   */
  Runnable pauseClocks() {
    missedNanos = 0;
    long startNanos = trueTime.monotonicNanos();
    return () -> {
      missedNanos = trueTime.monotonicNanos() - startNanos;
      frozenNanos += missedNanos;
    };
  }

  /** Ends the process. It no longer holds any lock. */
  void crash() {
    crashed = true;
  }

  boolean isCrashed() {
    return crashed;
  }

  /** Stops the process until the next call of its owner. */
  void freeze() {
    thaw();
    frozen = true;
    frozenAtNanos = trueTime.monotonicNanos();
  }

  void thaw() {
    frozenNanos += frozen ? trueTime.monotonicNanos() - frozenAtNanos : 0;
    frozen = false;
  }
}
