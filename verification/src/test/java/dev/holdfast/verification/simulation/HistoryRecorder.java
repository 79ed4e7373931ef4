package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.ManualClock;
import dev.holdfast.verification.history.HistoryChecker;
import dev.holdfast.verification.history.HistoryEvent;
import dev.holdfast.verification.support.Invariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records the observations of all hosts of a schedule for the {@code HistoryChecker}, at distinct
 * times.
 */
final class HistoryRecorder {
  private final ManualClock trueTime;
  private final List<HistoryEvent> events = new ArrayList<>();
  private final Map<String, Long> registerValues = new HashMap<>();
  private long lastMicros;

  HistoryRecorder(ManualClock trueTime) {
    this.trueTime = trueTime;
  }

  /** Returns the true time in microseconds, or the last returned time plus one if that is later. */
  long nextMicros() {
    lastMicros = Math.max(lastMicros + 1, trueMicros());
    return lastMicros;
  }

  /** Returns the true time in microseconds. */
  long trueMicros() {
    return trueTime.monotonicNanos() / 1_000;
  }

  void add(HistoryEvent event) {
    events.add(event);
  }

  void recordRegisterValue(String register, long value) {
    registerValues.put(register, value);
  }

  /** Checks the history, once at the end of the schedule. */
  void check(List<TrackedLock> trackedLocks, boolean checksHolders) {
    for (TrackedLock trackedLock : trackedLocks) {
      trackedLock.addTo(events, checksHolders);
    }
    List<String> violations = new HistoryChecker(events, registerValues).violations();
    Invariant.require(violations.isEmpty(), "inconsistent history", violations);
  }
}
