package dev.holdfast.lock.protocol;

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
 * @param known what is known; null where nothing is
 */
public record ClockError(@Nullable Bounds known) {
  private static final long CACHED_MILLIS = 2_000;
  private static final long ROUNDED_MILLIS = 500;
  private static final long CALL_MILLIS_MAX = 5_000;
  private static final long DISAGREEMENT_MILLIS_MAX = 50;
  private static final long FORGOTTEN_AFTER_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long DRIFT = 1_000;
  private static final long MICROS_PER_MILLI = 1_000;

  /** Nothing is known, and nothing is held against the clock. */
  public static final ClockError UNKNOWN = new ClockError(null);

  /**
   * Bounds of the error, wall clock less the table's clock; negative where this host is behind.
   *
   * @param minMillis at least so much, in milliseconds
   * @param maxMillis at most so much, in milliseconds
   * @param at when that was known
   */
  public record Bounds(long minMillis, long maxMillis, ClockReading at) {

    /** A wall clock that ran faster than the monotonic one is further ahead by as much. */
    private Bounds agedTo(ClockReading now) {
      long nanos = now.monotonicNanos() - at.monotonicNanos();
      long elapsed = TimeUnit.NANOSECONDS.toMicros(nanos);
      long gained = Math.floorDiv(now.wallMicros() - at.wallMicros() - elapsed, MICROS_PER_MILLI);
      long drift = TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos)) / DRIFT + 1;
      return new Bounds(minMillis + gained - drift, maxMillis + gained + drift, now);
    }

    /** What both say; where they contradict each other, the newer one counts. */
    private Bounds and(Bounds newer) {
      long min = Math.max(minMillis, newer.minMillis);
      long max = Math.min(maxMillis, newer.maxMillis);
      return min <= max ? new Bounds(min, max, newer.at) : newer;
    }
  }

  /** On which side of the table's clock this host's clock certainly is, and how far at least. */
  public sealed interface Beyond {
    /**
     * How far at least.
     *
     * @return milliseconds, more than 0
     */
    long millisMin();

    /**
     * How far at least, and on which side.
     *
     * @return positive where this host is ahead, negative where it is behind
     */
    default Duration off() {
      return Duration.ofMillis(this instanceof Behind ? -millisMin() : millisMin());
    }

    /**
     * This host is late: a lease that ended here ended earlier.
     *
     * @param millisMin by so much at least
     */
    record Behind(long millisMin) implements Beyond {}

    /**
     * This host is early: it takes leases for ended that are not.
     *
     * @param millisMin by so much at least
     */
    record Ahead(long millisMin) implements Beyond {}
  }

  /**
   * Learns from a reply.
   *
   * @param before the clocks before the request was first sent
   * @param received the clocks when the reply came
   * @param serverMillis the reply's {@code Date} header in epoch milliseconds; null where there was
   *     none
   * @return what is known now
   */
  public ClockError after(ClockReading before, ClockReading received, @Nullable Long serverMillis) {
    if (serverMillis == null || isUseless(before, received)) {
      return this;
    }
    long min = before.wallMillis() - serverMillis - CACHED_MILLIS;
    long max = received.wallMillis() - serverMillis + ROUNDED_MILLIS;
    Bounds shown = new Bounds(min, max, received);
    return new ClockError(fresh(received).map(old -> old.and(shown)).orElse(shown));
  }

  private static boolean isUseless(ClockReading before, ClockReading received) {
    long took = TimeUnit.NANOSECONDS.toMillis(received.monotonicNanos() - before.monotonicNanos());
    return took > CALL_MILLIS_MAX || disagree(before, received);
  }

  private static boolean disagree(ClockReading earlier, ClockReading later) {
    long monotonic =
        TimeUnit.NANOSECONDS.toMillis(later.monotonicNanos() - earlier.monotonicNanos());
    long wall = later.wallMillis() - earlier.wallMillis();
    return Math.abs(wall - monotonic) > DISAGREEMENT_MILLIS_MAX + monotonic / DRIFT;
  }

  /** What is still worth something: not after minutes, a set clock, or a restored snapshot. */
  private Optional<Bounds> fresh(ClockReading now) {
    return Optional.ofNullable(known)
        .filter(b -> now.monotonicNanos() - b.at().monotonicNanos() < FORGOTTEN_AFTER_NANOS)
        .filter(b -> !disagree(b.at(), now))
        .map(b -> b.agedTo(now));
  }

  /**
   * Whether this host's clock is certainly off by more than half of what two hosts may differ by.
   *
   * @param now the clocks now
   * @param bounds how far clocks are trusted
   * @return how it is off; empty where it may be right, or where no clock is trusted
   */
  public Optional<Beyond> beyond(ClockReading now, ClockBounds bounds) {
    Long skew = bounds.skewMillisMax();
    return skew == null ? Optional.empty() : fresh(now).flatMap(b -> beyond(b, skew / 2));
  }

  private static Optional<Beyond> beyond(Bounds error, long allowedMillis) {
    if (error.maxMillis() < -allowedMillis) {
      return Optional.of(new Beyond.Behind(-error.maxMillis()));
    }
    return error.minMillis() > allowedMillis
        ? Optional.of(new Beyond.Ahead(error.minMillis()))
        : Optional.empty();
  }
}
