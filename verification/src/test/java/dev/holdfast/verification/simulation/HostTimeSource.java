package dev.holdfast.verification.simulation;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * One host's clocks, told by the true time: the wall clock is off by what it was last set to and
 * drifts from there, as far as its world allows; the monotonic one runs a little too fast or too
 * slow, and stands still while its host is frozen.
 *
 * <p>The wall clock of a host that freezes is not set and drifts no more than its monotonic clock:
 * if neither counted the time, no holder could tell that its lease was over.
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

  /** How far the wall clock is ahead, in nanoseconds; it drifts up to what its world allows. */
  long skewNanos() {
    long maxNanos = maxSkew.toNanos() / 2;
    long drifted =
        baseSkewNanos + (long) (wallDrift * (trueTime.monotonicNanos() - skewSetAtNanos));
    return Math.max(-maxNanos, Math.min(maxNanos, drifted)) - missedNanos;
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

  /** A host sleeps a little longer than asked for. */
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

  /** What a row says about waiting. */
  void setWaitHint(Duration wait) {
    waitHint = wait;
  }

  /** One thread plays everybody, so nobody completes the signal while this one sleeps. */
  @Override
  public void await(CompletableFuture<?> signal, Duration duration) throws InterruptedException {
    if (!signal.isDone()) {
      sleep(duration);
    }
  }

  /** Whether it went forward. */
  boolean resetWallClock() {
    long skewBefore = skewNanos();
    randomizeSkew();
    return skewNanos() > skewBefore;
  }

  /** Sets the wall clock right where it is found to be off. */
  void correctSkew() {
    if (worldKind.detectsSkew()) {
      baseSkewNanos = 0;
      skewSetAtNanos = trueTime.monotonicNanos();
    }
  }

  /** Whether it is now and then frozen; else its wall clock is now and then set. */
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
   * Both clocks miss the time from now until this is run, and the wall clock only until the next.
   */
  Runnable pauseClocks() {
    missedNanos = 0;
    long startNanos = trueTime.monotonicNanos();
    return () -> {
      missedNanos = trueTime.monotonicNanos() - startNanos;
      frozenNanos += missedNanos;
    };
  }

  /** The process is no more; nobody there believes in anything. */
  void crash() {
    crashed = true;
  }

  boolean isCrashed() {
    return crashed;
  }

  /** The process stops until its owner has something to do again. */
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
