package dev.holdfast.verification.simulation;

import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.verification.fencing.InMemoryItemTable;
import dev.holdfast.verification.history.HistoryEvent;
import dev.holdfast.verification.processes.FencedRegister;
import dev.holdfast.verification.support.Invariant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counter that owners increment under the fence of their locks: they advance the fence, read, and
 * write the next value. No acknowledged write may be lost, whatever the clocks do.
 */
final class FencedCounter {
  private final EventStatistics statistics;
  private final HistoryRecorder history;
  private final InMemoryItemTable itemTable = new InMemoryItemTable(FencedRegister.TABLE);
  private final Map<TrackedLock, Long> lastValues = new HashMap<>();
  private FencedRegister register = new FencedRegister(itemTable, "count-1");
  private int registerCount = 1;
  private long acknowledged;

  FencedCounter(EventStatistics statistics, HistoryRecorder history) {
    this.statistics = statistics;
    this.history = history;
  }

  /** Advances the fence and reads the counter, or writes the next value after an earlier read. */
  void advanceOrWrite(TrackedLock trackedLock) {
    if (trackedLock.isBeforeDeletion()) {
      return;
    }
    try {
      Long value = lastValues.get(trackedLock);
      if (value == null) {
        trackedLock.readToken();
        lastValues.put(trackedLock, register.advanceFenceAndRead(trackedLock.lock()));
        statistics.count(Event.FENCE_ADVANCED);
      } else {
        write(trackedLock, value + 1);
      }
    } catch (FenceRefusedException e) {
      statistics.count(Event.FENCE_REFUSED);
    }
  }

  private void write(TrackedLock trackedLock, long value) {
    history.add(new HistoryEvent.WriteAttempted(trackedLock.holder(), register.name()));
    register.write(trackedLock.lock(), value);
    acknowledged++;
    history.add(new HistoryEvent.Written(trackedLock.holder(), register.name(), value));
    statistics.count(Event.FENCED_WRITE);
    long storedValue = register.read();
    Invariant.require(
        storedValue == acknowledged, "acknowledged fenced write lost", trackedLock.holder());
    history.recordRegisterValue(register.name(), storedValue);
    lastValues.put(trackedLock, value);
  }

  /**
   * Starts a new register. Tokens start again after an operator has deleted the row, and the
   * operator must reset the register.
   */
  void resetTokens() {
    lastValues.clear();
    registerCount++;
    register = new FencedRegister(itemTable, "count-" + registerCount);
    acknowledged = 0;
  }
}
