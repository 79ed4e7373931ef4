package dev.holdfast.verification.simulation;

import dev.holdfast.verification.support.Invariant;
import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.verification.fencing.InMemoryItemTable;
import dev.holdfast.verification.history.HistoryEvent;
import dev.holdfast.verification.processes.FencedRegister;
import java.util.HashMap;
import java.util.Map;

/**
 * A count that owners keep under the fence of their locks: read after the fence was raised, then
 * written back by one more. No write that was acknowledged may be lost, whatever clocks do.
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

  /** Raises the fence and reads; or writes what was read before, by one more. */
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

  /** Tokens begin again, and whoever deleted the row sees to a new register. */
  void resetTokens() {
    lastValues.clear();
    registerCount++;
    register = new FencedRegister(itemTable, "count-" + registerCount);
    acknowledged = 0;
  }
}
