package dev.holdfast.lock.internal.protocol;

import java.util.concurrent.TimeUnit;

/** When a row that stands in the way may be taken over if nobody touches it: never too early. */
final class TakeoverTime {

  private TakeoverTime() {}

  /**
   * Time until a held row may be taken over: by wall clocks, or by watching.
   *
   * @param row the row, as the last refusal showed it
   * @param bounds how far clocks are trusted
   * @param observations what is known of the key, that refusal included
   * @param now the clocks now
   * @return nanoseconds, 0 or less when it may be taken now
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
