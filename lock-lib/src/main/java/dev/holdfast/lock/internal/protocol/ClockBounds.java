package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * How far clocks are trusted.
 *
 * @param maxSkewMillis bound on the difference between any two hosts' wall clocks in milliseconds;
 *     null when wall clocks decide nothing about a lease
 * @param driftPerMille rho: how much faster or slower than true time a clock may run, in
 *     thousandths; the holder believes in its lease shortened by it, a watcher waits longer by it
 * @param writesTtl whether rows carry a TTL; without trusted clocks they do only when asked
 */
public record ClockBounds(@Nullable Long maxSkewMillis, int driftPerMille, boolean writesTtl) {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long DAY_SECONDS = 86_400;
  private static final int PER_MILLE = 1_000;

  /** rho of 0.1 %: ten times worse than the worst quartz. */
  public static final int DEFAULT_DRIFT_PER_MILLE = 1;

  long validityNanos(long leaseMillis) {
    return leaseMillis * (NANOS_PER_MILLI / PER_MILLE) * (PER_MILLE - driftPerMille);
  }

  long watchNanos(long leaseMillis) {
    return leaseMillis * (NANOS_PER_MILLI / PER_MILLE) * (PER_MILLE + driftPerMille);
  }

  /** The term of a row that blocks until the given instant and may be deleted a day after. */
  LeaseTerm leaseTerm(long leaseMillis, long expiresAtMillis) {
    Long ttl = writesTtl ? Math.floorDiv(expiresAtMillis, MILLIS_PER_SECOND) + DAY_SECONDS : null;
    return new LeaseTerm(leaseMillis, expiresAtMillis, maxSkewMillis, ttl);
  }
}
