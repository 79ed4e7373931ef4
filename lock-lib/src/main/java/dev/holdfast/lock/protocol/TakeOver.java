package dev.holdfast.lock.protocol;

import java.util.concurrent.TimeUnit;

/** When a row that stands in the way may be taken over if nobody touches it: never too early. */
final class TakeOver {

  private TakeOver() {}

  /**
   * Time until a held row may be taken over: by wall clocks, or by watching.
   *
   * @param row the row, as the last refusal showed it
   * @param bounds how far clocks are trusted
   * @param known what is known of the key, that refusal included
   * @param now the clocks now
   * @return nanoseconds, 0 or less when it may be taken now
   */
  static long ofHeld(LockRow row, ClockBounds bounds, Memory known, ClockReading now) {
    Watch watch = known.watch();
    if (watch == null || known.ripe(now, bounds) != null) {
      return 0;
    }
    return Math.min(watch.remainingNanos(now, bounds), byClock(row, bounds, now));
  }

  private static long byClock(LockRow row, ClockBounds bounds, ClockReading now) {
    Long mine = bounds.skewMillisMax();
    Long theirs = row.term().skewMillisMax();
    if (mine == null || theirs == null || theirs > mine) {
      return Long.MAX_VALUE;
    }
    long millis = row.term().expiresAtMillis() + mine - now.wallMillis();
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
