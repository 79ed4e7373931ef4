package dev.holdfast.verification.history;

import dev.holdfast.verification.history.HistoryEvent.Acquired;
import dev.holdfast.verification.history.HistoryEvent.ObservedHeld;
import dev.holdfast.verification.history.HistoryEvent.ObservedNotHeld;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that the intervals in which holders certainly held one lock are disjoint. */
final class MutualExclusionChecker {
  private final List<ObservedHeld> observedHeld;
  private final List<ObservedNotHeld> observedNotHeld;
  private final Map<String, Acquired> acquisitions;
  private final List<String> violations;

  /**
   * An interval in which a lock was held throughout, since a hold that has ended never starts
   * again.
   */
  private record HeldInterval(String hold, long startMicros, long endMicros) {
    HeldInterval merge(HeldInterval other) {
      return new HeldInterval(
          hold, Math.min(startMicros, other.startMicros), Math.max(endMicros, other.endMicros));
    }
  }

  MutualExclusionChecker(
      List<ObservedHeld> observedHeld,
      List<ObservedNotHeld> observedNotHeld,
      Map<String, Acquired> acquisitions,
      List<String> violations) {
    this.observedHeld = observedHeld;
    this.observedNotHeld = observedNotHeld;
    this.acquisitions = acquisitions;
    this.violations = violations;
  }

  void check() {
    Map<String, HeldInterval> intervals = new HashMap<>();
    for (ObservedHeld each : observedHeld) {
      intervals.merge(
          each.hold(),
          new HeldInterval(each.hold(), each.observedAt(), each.requestedAt()),
          HeldInterval::merge);
    }
    for (ObservedNotHeld each : observedNotHeld) {
      HeldInterval interval = intervals.get(each.hold());
      if (interval != null && interval.endMicros() > each.observedAt()) {
        violations.add("held again after it was not: " + each.hold());
      }
    }
    Map<String, List<HeldInterval>> byName = new HashMap<>();
    for (HeldInterval interval : intervals.values()) {
      byName.computeIfAbsent(lockNameOf(interval.hold()), name -> new ArrayList<>()).add(interval);
    }
    byName.values().forEach(this::checkDisjoint);
  }

  private String lockNameOf(String hold) {
    Acquired acquired = acquisitions.get(hold);
    if (acquired == null) {
      throw new IllegalArgumentException("observation of an unknown hold: " + hold);
    }
    return acquired.name();
  }

  private void checkDisjoint(List<HeldInterval> intervals) {
    List<HeldInterval> certain =
        new ArrayList<>(intervals.stream().filter(s -> s.startMicros() <= s.endMicros()).toList());
    certain.sort(Comparator.comparingLong(HeldInterval::startMicros));
    HeldInterval latestEnding = null;
    for (HeldInterval interval : certain) {
      if (latestEnding != null && interval.startMicros() <= latestEnding.endMicros()) {
        violations.add("two holders at once: " + latestEnding.hold() + " and " + interval.hold());
      }
      latestEnding =
          latestEnding == null || interval.endMicros() > latestEnding.endMicros()
              ? interval
              : latestEnding;
    }
  }
}
