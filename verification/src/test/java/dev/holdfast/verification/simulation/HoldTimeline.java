package dev.holdfast.verification.simulation;

import dev.holdfast.verification.history.HistoryEvent;
import java.util.List;

/** Times at which a lock was requested and acquired, and at which it was held. */
final class HoldTimeline {
  private final HistoryRecorder history;
  private final String name;
  private final long requestedAt;
  private final long acquiredAt;
  private long firstHeldAt;
  private long lastHeldAt;
  private long notHeldAt;
  private long completed;
  private long completedUntil;

  /** Creates the timeline of a lock that was acquired at the current time. */
  HoldTimeline(HistoryRecorder history, String name, long requestedAt) {
    this.history = history;
    this.name = name;
    this.requestedAt = requestedAt;
    this.acquiredAt = history.nextMicros();
  }

  void observe(boolean held) {
    long now = history.nextMicros();
    if (held) {
      firstHeldAt = firstHeldAt == 0 ? now : firstHeldAt;
      lastHeldAt = now;
    } else if (notHeldAt == 0) {
      notHeldAt = now;
    }
  }

  void completed(long untilMicros) {
    completed = history.nextMicros();
    completedUntil = untilMicros;
  }

  void addTo(List<HistoryEvent> events, String holder, long token, boolean checksHolders) {
    events.add(new HistoryEvent.Acquired(holder, name, token, requestedAt, acquiredAt));
    if (checksHolders && lastHeldAt > 0) {
      events.add(new HistoryEvent.ObservedHeld(holder, firstHeldAt, firstHeldAt));
      events.add(new HistoryEvent.ObservedHeld(holder, lastHeldAt, lastHeldAt));
    }
    if (checksHolders && notHeldAt > 0) {
      events.add(new HistoryEvent.ObservedNotHeld(holder, notHeldAt));
    }
    if (completed > 0) {
      events.add(new HistoryEvent.Completed(holder, name, completed, completedUntil));
    }
  }
}
