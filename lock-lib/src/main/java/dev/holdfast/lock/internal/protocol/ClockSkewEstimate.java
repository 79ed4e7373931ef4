package dev.holdfast.lock.internal.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far this host's wall clock is from the table's, as far as replies have shown it: immutable,
 * one for each table and JVM.
 *
 * <p>A reply's {@code Date} header D is in whole seconds, and a front end may serve it from a cache
 * that is renewed once a second: when the header was made, the service's clock showed something
 * from D - 0.5 s to D + 2 s, and ours something from w0 to w1, the readings around the call. So our
 * error lies in [w0 - D - 2 s, w1 - D + 0.5 s], and in the intersection of what several replies
 * say, each moved by what the wall clock gained on the monotonic one since, and widened by the
 * drift of its age. It finds gross errors; it does not prove that a clock is right.
 *
 * @param bounds what is known; null where nothing is
 */
public record ClockSkewEstimate(@Nullable Bounds bounds) {
  private static final long MAX_DATE_AGE_MILLIS = 2_000;
  private static final long ROUNDING_MILLIS = 500;
  private static final long MAX_CALL_MILLIS = 5_000;
  private static final long MAX_DISAGREEMENT_MILLIS = 50;
  private static final long MAX_AGE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long DRIFT_DIVISOR = 1_000;
  private static final long MICROS_PER_MILLI = 1_000;

  /** Nothing is known, and nothing is held against the clock. */
  public static final ClockSkewEstimate UNKNOWN = new ClockSkewEstimate(null);

  /**
   * Bounds of the error, wall clock less the table's clock; negative where this host is behind.
   *
   * @param minMillis at least so much, in milliseconds
   * @param maxMillis at most so much, in milliseconds
   * @param measuredAt when that was known
   */
  public record Bounds(long minMillis, long maxMillis, ClockReading measuredAt) {

    /** A wall clock that ran faster than the monotonic one is further ahead by as much. */
    private Bounds adjustedTo(ClockReading now) {
      long nanos = now.monotonicNanos() - measuredAt.monotonicNanos();
      long elapsed = TimeUnit.NANOSECONDS.toMicros(nanos);
      long gainedMillis =
          Math.floorDiv(now.wallMicros() - measuredAt.wallMicros() - elapsed, MICROS_PER_MILLI);
      long driftMillis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos)) / DRIFT_DIVISOR + 1;
      return new Bounds(
          minMillis + gainedMillis - driftMillis, maxMillis + gainedMillis + driftMillis, now);
    }

    /** What both say; where they contradict each other, the newer one counts. */
    private Bounds intersect(Bounds newer) {
      long min = Math.max(minMillis, newer.minMillis);
      long max = Math.min(maxMillis, newer.maxMillis);
      return min <= max ? new Bounds(min, max, newer.measuredAt) : newer;
    }
  }

  /** On which side of the table's clock this host's clock certainly is, and how far at least. */
  public sealed interface Skew {
    /**
     * How far at least.
     *
     * @return milliseconds, more than 0
     */
    long minMillis();

    /**
     * How far at least, and on which side.
     *
     * @return positive where this host is ahead, negative where it is behind
     */
    Duration offset();

    /**
     * This host is late: a lease that ended here ended earlier.
     *
     * @param minMillis by so much at least
     */
    record Behind(long minMillis) implements Skew {
      @Override
      public Duration offset() {
        return Duration.ofMillis(-minMillis);
      }
    }

    /**
     * This host is early: it takes leases for ended that are not.
     *
     * @param minMillis by so much at least
     */
    record Ahead(long minMillis) implements Skew {
      @Override
      public Duration offset() {
        return Duration.ofMillis(minMillis);
      }
    }
  }

  /**
   * Learns from a reply.
   *
   * @param before the clocks before the request was first sent
   * @param received the clocks when the reply came
   * @param serverTimeMillis the reply's {@code Date} header in epoch milliseconds; null where there
   *     was none
   * @return what is known now
   */
  public ClockSkewEstimate afterReply(
      ClockReading before, ClockReading received, @Nullable Long serverTimeMillis) {
    if (serverTimeMillis == null || isUnusable(before, received)) {
      return this;
    }
    long min = before.wallMillis() - serverTimeMillis - MAX_DATE_AGE_MILLIS;
    long max = received.wallMillis() - serverTimeMillis + ROUNDING_MILLIS;
    Bounds measured = new Bounds(min, max, received);
    return new ClockSkewEstimate(
        currentBounds(received).map(old -> old.intersect(measured)).orElse(measured));
  }

  private static boolean isUnusable(ClockReading before, ClockReading received) {
    long callMillis =
        TimeUnit.NANOSECONDS.toMillis(received.monotonicNanos() - before.monotonicNanos());
    return callMillis > MAX_CALL_MILLIS || clocksDisagree(before, received);
  }

  private static boolean clocksDisagree(ClockReading earlier, ClockReading later) {
    long monotonic =
        TimeUnit.NANOSECONDS.toMillis(later.monotonicNanos() - earlier.monotonicNanos());
    long wall = later.wallMillis() - earlier.wallMillis();
    return Math.abs(wall - monotonic) > MAX_DISAGREEMENT_MILLIS + monotonic / DRIFT_DIVISOR;
  }

  /** What is still worth something: not after minutes, a set clock, or a restored snapshot. */
  private Optional<Bounds> currentBounds(ClockReading now) {
    return Optional.ofNullable(bounds)
        .filter(b -> now.monotonicNanos() - b.measuredAt().monotonicNanos() < MAX_AGE_NANOS)
        .filter(b -> !clocksDisagree(b.measuredAt(), now))
        .map(b -> b.adjustedTo(now));
  }

  /**
   * Whether this host's clock is certainly off by more than half of what two hosts may differ by.
   *
   * @param now the clocks now
   * @param clockBounds how far clocks are trusted
   * @return how it is off; empty where it may be right, or where no clock is trusted
   */
  public Optional<Skew> exceededSkew(ClockReading now, ClockBounds clockBounds) {
    Long maxSkewMillis = clockBounds.maxSkewMillis();
    return maxSkewMillis == null
        ? Optional.empty()
        : currentBounds(now).flatMap(b -> exceededSkew(b, maxSkewMillis / 2));
  }

  private static Optional<Skew> exceededSkew(Bounds estimated, long maxSkewMillis) {
    if (estimated.maxMillis() < -maxSkewMillis) {
      return Optional.of(new Skew.Behind(-estimated.maxMillis()));
    }
    return estimated.minMillis() > maxSkewMillis
        ? Optional.of(new Skew.Ahead(estimated.minMillis()))
        : Optional.empty();
  }
}
