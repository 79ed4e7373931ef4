package dev.holdfast.lock.internal.protocol;

/**
 * Both clocks of this host, read together.
 *
 * <p>Wall time is compared with other hosts' wall time; monotonic time only with earlier readings
 * of the same process. The two are never mixed.
 *
 * @param wallMicros microseconds since 1970-01-01T00:00Z by this host's wall clock
 * @param monotonicNanos nanoseconds since an arbitrary origin, by a clock that is never set
 */
public record ClockReading(long wallMicros, long monotonicNanos) {
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long NANOS_PER_MICRO = 1_000;

  /**
   * Wall time in milliseconds since the epoch, rounded down.
   *
   * @return epoch milliseconds
   */
  public long wallMillis() {
    return Math.floorDiv(wallMicros, MICROS_PER_MILLI);
  }

  /**
   * Wall time in milliseconds since the epoch, rounded up, for ends that must not come too early.
   *
   * @return epoch milliseconds
   */
  public long wallMillisRoundedUp() {
    return -Math.floorDiv(-wallMicros, MICROS_PER_MILLI);
  }

  /**
   * How much time has passed since an earlier reading, by whichever clock says more.
   *
   * <p>A frozen sandbox stops one of the two clocks, and a set wall clock jumps; a holder that
   * believes the larger one gives its lock up too early rather than too late.
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
