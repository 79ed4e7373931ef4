package dev.holdfast.verification.simulation;

import dev.holdfast.verification.support.Invariant;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.verification.history.HistoryChecker;
import dev.holdfast.verification.history.HistoryEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What hosts said in a schedule, for the checker of histories, in an order without ties. */
final class HistoryRecorder {
  private final ManualClock trueTime;
  private final List<HistoryEvent> events = new ArrayList<>();
  private final Map<String, Long> registerValues = new HashMap<>();
  private long lastMicros;

  HistoryRecorder(ManualClock trueTime) {
    this.trueTime = trueTime;
  }

  /** The true time in microseconds, or just after what was asked for last. */
  long nextMicros() {
    lastMicros = Math.max(lastMicros + 1, trueMicros());
    return lastMicros;
  }

  /** The true time. */
  long trueMicros() {
    return trueTime.monotonicNanos() / 1_000;
  }

  void add(HistoryEvent event) {
    events.add(event);
  }

  void recordRegisterValue(String register, long value) {
    registerValues.put(register, value);
  }

  /** Asked once, at the end. */
  void check(List<TrackedLock> trackedLocks, boolean checksHolders) {
    for (TrackedLock trackedLock : trackedLocks) {
      trackedLock.addTo(events, checksHolders);
    }
    List<String> violations = new HistoryChecker(events, registerValues).violations();
    Invariant.require(violations.isEmpty(), "inconsistent history", violations);
  }
}
