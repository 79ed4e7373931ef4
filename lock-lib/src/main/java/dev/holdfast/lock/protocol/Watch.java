package dev.holdfast.lock.protocol;

/**
 * One held row, watched since a refusal first showed it.
 *
 * @param stamp which write of the row is watched
 * @param leaseMillis the lease that its holder wrote into it, in milliseconds
 * @param sinceNanos monotonic time at which the first refusal that showed it was received
 */
public record Watch(Stamp stamp, long leaseMillis, long sinceNanos) {

  static Watch begin(LockRow row, ClockReading received) {
    return new Watch(row.stamp(), row.term().leaseMillis(), received.monotonicNanos());
  }

  /** How long until the row has been watched for its whole lease; 0 or less when it has been. */
  long remainingNanos(ClockReading now, ClockBounds bounds) {
    long watched = Math.max(0, now.monotonicNanos() - sinceNanos);
    return bounds.watchNanos(leaseMillis) - watched;
  }
}
