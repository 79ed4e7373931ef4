package dev.holdfast.lock.internal.protocol;

/**
 * Reading of both clocks of this host at one moment.
 *
 * <p>Wall time is compared with the wall time of other hosts. Monotonic time is compared only with
 * earlier readings of the same process. The two are mixed only in {@link #notBefore}, which makes
 * an end for others later and never earlier.
 *
 * @param wallMicros wall time in microseconds since 1970-01-01T00:00Z
 * @param monotonicNanos monotonic time in nanoseconds since an arbitrary origin
 */
public record ClockReading(long wallMicros, long monotonicNanos) {
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long NANOS_PER_MICRO = 1_000;

  /**
   * Returns the wall time in milliseconds since the epoch, rounded down.
   *
   * @return epoch milliseconds
   */
  public long wallMillis() {
    return Math.floorDiv(wallMicros, MICROS_PER_MILLI);
  }

  /**
   * Returns the wall time in milliseconds since the epoch, rounded up, for ends that must not be
   * too early.
   *
   * @return epoch milliseconds
   */
  public long wallMillisRoundedUp() {
    return -Math.floorDiv(-wallMicros, MICROS_PER_MILLI);
  }

  /**
   * Returns this reading, with a later wall time if the wall clock has been set back since an
   * earlier reading: not before that wall time plus the monotonic time since then.
   *
   * @param earlier a reading of the same process
   * @return a reading from which times for other hosts are counted
   */
  ClockReading notBefore(ClockReading earlier) {
    long elapsedMicros = (monotonicNanos - earlier.monotonicNanos) / NANOS_PER_MICRO;
    return new ClockReading(
        Math.max(wallMicros, earlier.wallMicros + elapsedMicros), monotonicNanos);
  }

  /**
   * Returns the time since an earlier reading by the clock that shows more.
   *
   * <p>A frozen execution environment stops one of the two clocks, and a wall clock can be set. A
   * holder that uses the larger value gives its lock up too early rather than too late.
   *
   * @param earlier a reading of the same process
   * @return elapsed nanoseconds, never negative
   */
  public long elapsedNanosSince(ClockReading earlier) {
    long monotonic = monotonicNanos - earlier.monotonicNanos;
    long wallElapsed = wallMicros - earlier.wallMicros;
    long wall =
        wallElapsed > Long.MAX_VALUE / NANOS_PER_MICRO
            ? Long.MAX_VALUE
            : wallElapsed * NANOS_PER_MICRO;
    return Math.max(0, Math.max(monotonic, wall));
  }
}
