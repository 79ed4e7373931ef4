package dev.holdfast.verification.contention;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Cost of contention in terms of the period, which is the hold time plus one round trip.
 *
 * @param rejectedPerHandoff rejected attempts per handoff
 * @param idlePerHandoff periods from a release to the next acquire, per handoff
 * @param medianWait median wait, in periods and waiters
 * @param longestWait longest wait, in periods and waiters
 * @param fewestAcquisitions the smallest number of acquisitions of a waiter
 * @param handoffs the number of handoffs
 */
record ContentionStatistics(
    double rejectedPerHandoff,
    double idlePerHandoff,
    double medianWait,
    double longestWait,
    int fewestAcquisitions,
    long handoffs) {

  static ContentionStatistics create(
      ContentionMeter meter,
      ConcurrentWaiters waiters,
      List<Integer> acquisitions,
      Duration period) {
    double periodNanos = period.toNanos();
    List<Long> waits = waiters.waitNanos();
    return new ContentionStatistics(
        meter.rejectedPerHandoff(),
        meter.idleNanosPerHandoff() / periodNanos,
        waits.get(waits.size() / 2) / periodNanos / acquisitions.size(),
        waits.get(waits.size() - 1) / periodNanos / acquisitions.size(),
        acquisitions.stream().min(Integer::compare).orElseThrow(),
        meter.handoffs());
  }

  String format(int waiterCount, Duration hold) {
    return String.format(
        Locale.ROOT,
        "%4d waiters, hold %4d ms: %5.1f refused, idle %4.1f %%, median wait %.2f n, longest %4.1f"
            + " n, fewest turns %d, %d handoffs",
        waiterCount,
        hold.toMillis(),
        rejectedPerHandoff,
        100 * idlePerHandoff,
        medianWait,
        longestWait,
        fewestAcquisitions,
        handoffs);
  }
}
