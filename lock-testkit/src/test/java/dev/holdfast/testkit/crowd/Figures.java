package dev.holdfast.testkit.crowd;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a crowd cost, in terms of its period: hold time and one round trip.
 *
 * @param refused refused puts per hand-over
 * @param idle time from a release to the next acquire, per hand-over, in periods
 * @param medianWait half waited no longer, in periods and size
 * @param longestWait nobody waited longer, in periods and size
 * @param fewestTurns how often the least lucky one was served
 * @param handOvers how many hand-overs were counted
 */
record Figures(
    double refused,
    double idle,
    double medianWait,
    double longestWait,
    int fewestTurns,
    long handOvers) {

  static Figures of(Meter meter, Crowd crowd, List<Integer> turns, Duration period) {
    double nanos = period.toNanos();
    List<Long> waits = crowd.waits();
    return new Figures(
        meter.refusedPerHandOver(),
        meter.idleNanosPerHandOver() / nanos,
        waits.get(waits.size() / 2) / nanos / turns.size(),
        waits.get(waits.size() - 1) / nanos / turns.size(),
        turns.stream().min(Integer::compare).orElseThrow(),
        meter.handOvers());
  }

  String row(int size, Duration hold) {
    return String.format(
        Locale.ROOT,
        "%4d waiters, hold %4d ms: %5.1f refused, idle %4.1f %%, median wait %.2f n, longest %4.1f"
            + " n, fewest turns %d, %d hand-overs",
        size,
        hold.toMillis(),
        refused,
        100 * idle,
        medianWait,
        longestWait,
        fewestTurns,
        handOvers);
  }
}
