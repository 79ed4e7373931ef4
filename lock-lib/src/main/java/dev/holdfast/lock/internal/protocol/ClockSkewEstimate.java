package dev.holdfast.lock.internal.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Estimate of the difference between the wall clocks of this host and of the table, from replies.
 * Immutable; there is one for each table and JVM.
 *
 * <p>The {@code Date} header D of a reply is in whole seconds, and a front end may cache it for a
 * second. At the time of the header, the clock of the service was between D - 0.5 s and D + 2 s,
 * and the clock of this host was between w0 and w1, the readings around the call. So the error is
 * in [w0 - D - 2 s, w1 - D + 0.5 s]. Intervals of several replies are intersected. Each interval is
 * shifted by the difference between wall and monotonic time since then, and widened by the drift of
 * its age. The estimate finds large errors; it does not prove that a clock is right.
 *
 * @param bounds the known bounds; null if nothing is known
 */
public record ClockSkewEstimate(@Nullable Bounds bounds) {
  private static final long MAX_DATE_AGE_MILLIS = 2_000;
  private static final long ROUNDING_MILLIS = 500;
  private static final long MAX_CALL_MILLIS = 5_000;
  private static final long MAX_DISAGREEMENT_MILLIS = 50;
  private static final long MAX_AGE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long DRIFT_DIVISOR = 1_000;
  private static final long MICROS_PER_MILLI = 1_000;

  /** No knowledge; the clock counts as right. */
  public static final ClockSkewEstimate UNKNOWN = new ClockSkewEstimate(null);

  /**
   * Bounds of the error: wall clock minus the clock of the table, negative if this host is behind.
   *
   * @param minMillis minimum error in milliseconds
   * @param maxMillis maximum error in milliseconds
   * @param measuredAt the clocks at the measurement
   */
  public record Bounds(long minMillis, long maxMillis, ClockReading measuredAt) {

    /**
     * Shifts the bounds by the gain of the wall clock over the monotonic clock, and widens them.
     */
    private Bounds adjustedTo(ClockReading now) {
      long nanos = now.monotonicNanos() - measuredAt.monotonicNanos();
      long elapsed = TimeUnit.NANOSECONDS.toMicros(nanos);
      long gainedMillis =
          Math.floorDiv(now.wallMicros() - measuredAt.wallMicros() - elapsed, MICROS_PER_MILLI);
      long driftMillis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos)) / DRIFT_DIVISOR + 1;
      return new Bounds(
          minMillis + gainedMillis - driftMillis, maxMillis + gainedMillis + driftMillis, now);
    }

    /** Intersects two bounds; if they contradict each other, the newer ones count. */
    private Bounds intersect(Bounds newer) {
      long min = Math.max(minMillis, newer.minMillis);
      long max = Math.min(maxMillis, newer.maxMillis);
      return min <= max ? new Bounds(min, max, newer.measuredAt) : newer;
    }
  }

  /** Proven error of this host's clock: its direction and its minimum. */
  public sealed interface Skew {
    /**
     * Returns the minimum of the error.
     *
     * @return milliseconds, more than 0
     */
    long minMillis();

    /**
     * Returns the minimum of the error with its direction.
     *
     * @return positive if this host is ahead, negative if it is behind
     */
    Duration offset();

    /**
     * This host is behind: a lease has ended before it ends here.
     *
     * @param minMillis minimum of the error in milliseconds
     */
    record Behind(long minMillis) implements Skew {
      @Override
      public Duration offset() {
        return Duration.ofMillis(-minMillis);
      }
    }

    /**
     * This host is ahead: it considers a lease as ended too early.
     *
     * @param minMillis minimum of the error in milliseconds
     */
    record Ahead(long minMillis) implements Skew {
      @Override
      public Duration offset() {
        return Duration.ofMillis(minMillis);
      }
    }
  }

  /**
   * Records a reply.
   *
   * @param before the clocks before the request was first sent
   * @param received the clocks when the reply arrived
   * @param serverTimeMillis {@code Date} header of the reply in epoch milliseconds; null if there
   *     is none
   * @return the new estimate
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

  /** Returns the bounds, unless they are too old or a clock was set or a snapshot was restored. */
  private Optional<Bounds> currentBounds(ClockReading now) {
    return Optional.ofNullable(bounds)
        .filter(b -> now.monotonicNanos() - b.measuredAt().monotonicNanos() < MAX_AGE_NANOS)
        .filter(b -> !clocksDisagree(b.measuredAt(), now))
        .map(b -> b.adjustedTo(now));
  }

  /**
   * Returns the proven error of this host's clock, if it exceeds half of the maximum skew.
   *
   * @param now the clocks now
   * @param clockBounds assumptions about clocks
   * @return the error; empty if the clock may be right, or if no clock is trusted
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
