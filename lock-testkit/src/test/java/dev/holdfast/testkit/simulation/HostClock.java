package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * One host's clocks, told by the true time: the wall clock is off by what it was last set to, the
 * monotonic one runs a little too fast or too slow, and stands still while its host is frozen.
 */
final class HostClock implements TimeSource {
  private static final int OVERSLEPT_MILLIS_MAX = 20;
  private static final int OVERSLEPT = 10_000;

  private final ManualTime truth;
  private final Random random;
  private final Duration offMax;
  private final double rate;
  private final BadRule rule;
  private final String host;
  private Duration off;
  private long frozenAt;
  private long frozenNanos;
  private boolean frozen;
  private boolean gone;
  private Duration missed = Duration.ZERO;

  HostClock(ManualTime truth, Random random, Schedule schedule, int number) {
    this.truth = truth;
    this.random = random;
    this.offMax = schedule.kind().apartMax(number);
    this.rate = 1 + schedule.kind().driftMax() * (2 * random.nextDouble() - 1);
    this.rule = schedule.rule();
    this.host = "host " + number;
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

  /** A host sleeps a little longer than asked for. */
  @Override
  public void sleep(Duration asked) throws InterruptedException {
    thaw();
    Duration slept = rule == BadRule.NEVER_WAKES_IN_TIME ? asked.multipliedBy(OVERSLEPT) : asked;
    truth.advance(slept.plusMillis(random.nextInt(OVERSLEPT_MILLIS_MAX)));
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while sleeping");
    }
  }

  /** One thread plays everybody, so nobody completes the signal while this one sleeps. */
  @Override
  public void await(CompletableFuture<?> signal, Duration duration) throws InterruptedException {
    if (!signal.isDone()) {
      sleep(duration);
    }
  }

  /** Whether it went forward. */
  boolean setWall() {
    Duration before = off;
    off = drawnOffset();
    return off.compareTo(before) > 0;
  }

  String host() {
    return host;
  }

  /**
   * Both clocks miss the time from now until this is run, and the wall clock only until the next.
   */
  Runnable standingStill() {
    off = off.plus(missed);
    missed = Duration.ZERO;
    long start = truth.monotonicNanos();
    return () -> {
      long nanos = truth.monotonicNanos() - start;
      frozenNanos += nanos;
      missed = Duration.ofNanos(nanos);
      off = off.minus(missed);
    };
  }

  /** The process is no more; nobody there believes in anything. */
  void crash() {
    gone = true;
  }

  boolean isGone() {
    return gone;
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
