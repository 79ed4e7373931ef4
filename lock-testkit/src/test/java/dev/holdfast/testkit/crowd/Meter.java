package dev.holdfast.testkit.crowd;

import java.time.Duration;

/** Counts at the table what waiting costs. Thread-safe. */
final class Meter {
  private boolean counting = true;
  private long handOvers;
  private long refused;
  private long idleNanos;
  private long freeSinceNanos = -1;
  private int holders;
  private int underWay;
  private int underWayMax;
  private long calls;
  private long travelledNanos;

  synchronized void leaves() {
    calls++;
    underWay++;
    underWayMax = Math.max(underWayMax, underWay);
  }

  synchronized void isBack(long nanos) {
    underWay--;
    travelledNanos += nanos;
  }

  /** A reply to a release may be seen after the reply to the acquire that followed it. */
  synchronized void written(boolean held, long nanos) {
    holders += held ? 1 : -1;
    if (!held) {
      freeSinceNanos = holders == 0 ? nanos : -1;
      return;
    }
    if (counting) {
      handOvers++;
      idleNanos += freeSinceNanos < 0 ? 0 : nanos - freeSinceNanos;
    }
    freeSinceNanos = -1;
  }

  synchronized void refused() {
    refused += counting ? 1 : 0;
  }

  /** From now on it counts: what was before is warming up. */
  synchronized void begin() {
    handOvers = 0;
    refused = 0;
    idleNanos = 0;
  }

  /** It counts no more: what is left are those who wait still. */
  synchronized void end() {
    counting = false;
  }

  synchronized long handOvers() {
    return handOvers;
  }

  synchronized double refusedPerHandOver() {
    return (double) refused / handOvers;
  }

  synchronized double idleNanosPerHandOver() {
    return (double) idleNanos / handOvers;
  }

  synchronized long calls() {
    return calls;
  }

  /** How many calls were under way at a time, at most. */
  synchronized int underWayMax() {
    return underWayMax;
  }

  synchronized Duration roundTrip() {
    return Duration.ofNanos(travelledNanos / calls);
  }
}
