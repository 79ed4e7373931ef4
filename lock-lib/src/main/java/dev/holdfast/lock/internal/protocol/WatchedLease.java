package dev.holdfast.lock.internal.protocol;

/**
 * One held row, watched since a refusal first showed it.
 *
 * @param version which write of the row is watched
 * @param leaseMillis the lease that its holder wrote into it, in milliseconds
 * @param watchedSinceNanos monotonic time at which the first refusal that showed it was received
 */
public record WatchedLease(RowVersion version, long leaseMillis, long watchedSinceNanos) {

  static WatchedLease start(LockRow row, ClockReading received) {
    return new WatchedLease(
        row.version(), row.leaseTerm().leaseMillis(), received.monotonicNanos());
  }

  /** How long until the row has been watched for its whole lease; 0 or less when it has been. */
  long remainingNanos(ClockReading now, ClockBounds bounds) {
    long watchedNanos = Math.max(0, now.monotonicNanos() - watchedSinceNanos);
    return bounds.watchNanos(leaseMillis) - watchedNanos;
  }
}
