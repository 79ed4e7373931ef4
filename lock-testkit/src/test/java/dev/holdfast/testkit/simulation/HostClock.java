package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.testkit.ManualTime;
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
final class HostClock implements TimeSource {
  private static final int OVERSLEPT_MILLIS_MAX = 20;
  private static final int OVERSLEPT = 10_000;
  private static final double WALL_DRIFT_MAX = 0.02;

  private final ManualTime truth;
  private final Random random;
  private final Worlds kind;
  private final Duration offMax;
  private final double rate;
  private final BadRule rule;
  private final String host;
  private final Instant begin;
  private final boolean freezes;
  private final double wallDrift;
  private long off;
  private long offSince;
  private long frozenAt;
  private long frozenNanos;
  private boolean frozen;
  private boolean gone;
  private long missed;
  private Duration hint = Duration.ZERO;

  HostClock(ManualTime truth, Random random, Schedule schedule, int number) {
    this.truth = truth;
    this.random = random;
    this.kind = schedule.kind();
    this.offMax = kind.apartMax(number);
    this.begin = truth.wall().minusNanos(truth.monotonicNanos());
    this.freezes = random.nextBoolean();
    double driftMax = kind.driftMax();
    this.rate = 1 + driftMax * (2 * random.nextDouble() - 1);
    this.wallDrift = (freezes ? driftMax : WALL_DRIFT_MAX) * (2 * random.nextDouble() - 1);
    this.rule = schedule.rule();
    this.host = "host " + number;
    drawOffset();
  }

  private void drawOffset() {
    boolean right = kind.findsClocksOff() && random.nextInt(3) > 0;
    long most = right ? Worlds.BOUND.toNanos() : offMax.toNanos();
    off = (long) ((random.nextDouble() - 0.5) * most);
    offSince = truth.monotonicNanos();
  }

  /** How far the wall clock is ahead, in nanoseconds; it drifts up to what its world allows. */
  long ahead() {
    long most = offMax.toNanos() / 2;
    long drifted = off + (long) (wallDrift * (truth.monotonicNanos() - offSince));
    return Math.max(-most, Math.min(most, drifted)) - missed;
  }

  @Override
  public Instant wall() {
    boolean ignored = rule == BadRule.GOES_BY_THE_MONOTONIC_CLOCK_ALONE;
    return ignored ? begin.plusNanos(monotonic()) : truth.wall().plusNanos(ahead());
  }

  @Override
  public long monotonicNanos() {
    boolean ignored = rule == BadRule.GOES_BY_THE_WALL_CLOCK_ALONE;
    return ignored ? truth.monotonicNanos() + ahead() : monotonic();
  }

  private long monotonic() {
    long standing = frozen ? truth.monotonicNanos() - frozenAt : 0;
    return (long) ((truth.monotonicNanos() - frozenNanos - standing) * rate);
  }

  /** A host sleeps a little longer than asked for. */
  @Override
  public void sleep(Duration asked) throws InterruptedException {
    thaw();
    truth.advance(slept(asked).plusMillis(random.nextInt(OVERSLEPT_MILLIS_MAX)));
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while sleeping");
    }
  }

  private Duration slept(Duration asked) {
    return switch (rule) {
      case NEVER_WAKES_IN_TIME -> asked.multipliedBy(OVERSLEPT);
      case TRUSTS_HINTS -> asked.plus(hint);
      default -> asked;
    };
  }

  /** What a row says about waiting. */
  void hinted(Duration wait) {
    hint = wait;
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
    long before = ahead();
    drawOffset();
    return ahead() > before;
  }

  /** Sets the wall clock right where it is found to be off. */
  void synchronize() {
    if (kind.findsClocksOff()) {
      off = 0;
      offSince = truth.monotonicNanos();
    }
  }

  /** Whether it is now and then frozen; else its wall clock is now and then set. */
  boolean freezes() {
    return freezes;
  }

  boolean isFrozen() {
    return frozen;
  }

  String host() {
    return host;
  }

  /**
   * Both clocks miss the time from now until this is run, and the wall clock only until the next.
   */
  Runnable standingStill() {
    missed = 0;
    long start = truth.monotonicNanos();
    return () -> {
      missed = truth.monotonicNanos() - start;
      frozenNanos += missed;
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
