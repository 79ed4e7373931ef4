package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Assumptions about clocks.
 *
 * @param maxSkewMillis maximum difference between the wall clocks of two hosts, in milliseconds;
 *     null if wall clocks must not decide about a lease
 * @param driftPerMille rho: maximum drift of a clock from true time, in thousandths; it shortens
 *     the validity of a holder and lengthens the wait of a watcher
 * @param writesTtl whether rows contain a TTL; without trusted clocks only on request
 */
public record ClockBounds(@Nullable Long maxSkewMillis, int driftPerMille, boolean writesTtl) {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final int PER_MILLE = 1_000;

  /** Default rho of 0.1 %, ten times the drift of a poor quartz. */
  public static final int DEFAULT_DRIFT_PER_MILLE = 1;

  long validityNanos(long leaseMillis) {
    return leaseMillis * (NANOS_PER_MILLI / PER_MILLE) * (PER_MILLE - driftPerMille);
  }

  long watchNanos(long leaseMillis) {
    return leaseMillis * (NANOS_PER_MILLI / PER_MILLE) * (PER_MILLE + driftPerMille);
  }

  /** Returns the term of a row that blocks until the given time and may be deleted a day later. */
  LeaseTerm leaseTerm(long leaseMillis, long expiresAtMillis) {
    Long ttl =
        writesTtl
            ? Math.floorDiv(expiresAtMillis, MILLIS_PER_SECOND) + LeaseTerm.DAY_SECONDS
            : null;
    return new LeaseTerm(leaseMillis, expiresAtMillis, maxSkewMillis, ttl);
  }
}
