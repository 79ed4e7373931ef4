package dev.holdfast.lock.internal.protocol;

import java.util.concurrent.TimeUnit;

/** Time until an unchanged held row may be taken over; never too early. */
final class TakeoverTime {

  private TakeoverTime() {}

  /**
   * Returns the time until a held row may be taken over, by wall clocks or after watching it.
   *
   * @param row the row of the last rejection
   * @param bounds assumptions about clocks
   * @param observations the knowledge about the key, with that rejection
   * @param now the clocks now
   * @return nanoseconds; 0 or less if it may be taken over now
   */
  static long remainingNanos(
      LockRow row, ClockBounds bounds, KeyObservations observations, ClockReading now) {
    WatchedLease watchedLease = observations.watchedLease();
    if (watchedLease == null || observations.takeoverCandidate(now, bounds) != null) {
      return 0;
    }
    return Math.min(
        watchedLease.remainingNanos(now, bounds), remainingNanosByClock(row, bounds, now));
  }

  private static long remainingNanosByClock(LockRow row, ClockBounds bounds, ClockReading now) {
    Long ownMaxSkew = bounds.maxSkewMillis();
    Long holderMaxSkew = row.leaseTerm().maxSkewMillis();
    if (ownMaxSkew == null || holderMaxSkew == null || holderMaxSkew > ownMaxSkew) {
      return Long.MAX_VALUE;
    }
    long millis = row.leaseTerm().expiresAtMillis() + ownMaxSkew - now.wallMillis();
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
