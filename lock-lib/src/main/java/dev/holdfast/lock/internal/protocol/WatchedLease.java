package dev.holdfast.lock.internal.protocol;

/**
 * Held row that is watched since the first rejection that showed it.
 *
 * @param version the watched version of the row
 * @param leaseMillis lease duration in the row, in milliseconds
 * @param watchedSinceNanos monotonic time at which the first rejection with it arrived
 */
public record WatchedLease(RowVersion version, long leaseMillis, long watchedSinceNanos) {

  static WatchedLease start(LockRow row, ClockReading received) {
    return new WatchedLease(
        row.version(), row.leaseTerm().leaseMillis(), received.monotonicNanos());
  }

  /** Returns whether a row has this lease. A restored row has it too, with a larger token. */
  boolean isOf(LockRow row) {
    return row.hasNonce(version.nonce()) && row.version().renewals() == version.renewals();
  }

  /** Returns the time until the row was watched for its whole lease; 0 or less after that. */
  long remainingNanos(ClockReading now, ClockBounds bounds) {
    long watchedNanos = Math.max(0, now.monotonicNanos() - watchedSinceNanos);
    return bounds.watchNanos(leaseMillis) - watchedNanos;
  }
}
