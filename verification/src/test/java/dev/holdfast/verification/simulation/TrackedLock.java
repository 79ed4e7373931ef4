package dev.holdfast.verification.simulation;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.verification.history.HistoryEvent;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** An acquired lock, and the calls of its owner. */
final class TrackedLock {
  private final HeldLock lock;
  private final Host host;
  private final String holder;
  private final HoldTimeline timeline;
  private OptionalLong lastSeenToken = OptionalLong.empty();
  private OptionalLong everSeenToken = OptionalLong.empty();
  private boolean inUse;
  private boolean ended;
  private boolean beforeDeletion;

  TrackedLock(HeldLock lock, Host host, String holder, HoldTimeline timeline) {
    this.lock = lock;
    this.host = host;
    this.holder = holder;
    this.timeline = timeline;
  }

  HeldLock lock() {
    return lock;
  }

  /** Returns the holder in the row, which is unique for each hold. */
  String holder() {
    return holder;
  }

  void readToken() {
    if (!beforeDeletion) {
      lastSeenToken = OptionalLong.of(lock.fencingToken().value());
      everSeenToken = lastSeenToken;
    }
  }

  /** Forgets the token after an operator has deleted the row, since tokens start again. */
  void resetToken() {
    beforeDeletion = true;
    lastSeenToken = OptionalLong.empty();
  }

  boolean isBeforeDeletion() {
    return beforeDeletion;
  }

  OptionalLong lastSeenToken() {
    return lastSeenToken;
  }

  /** Makes a call. The calls on one lock are sequential. */
  void runCall(Runnable call) {
    host.clock().thaw();
    inUse = true;
    try {
      call.run();
    } finally {
      inUse = false;
    }
  }

  /** Returns whether a call on it is in progress, by its owner or by the renewal scheduler. */
  boolean inUse() {
    return inUse || host.renewalScheduler().isRunning();
  }

  boolean belongsTo(Host other) {
    return host.clock() == other.clock();
  }

  /** Returns whether the wall clock of its host is within the bounds of the lock. */
  boolean hasRightClock() {
    return host.clock().isWithin(WorldKind.MAX_CLOCK_SKEW);
  }

  /** Marks the lock as no longer used by its owner. */
  void markEnded() {
    ended = true;
  }

  boolean ended() {
    return ended || host.clock().isCrashed();
  }

  /** Returns the remaining time of the lease. */
  Duration remaining() {
    return lock.remaining();
  }

  boolean observeHeld() {
    boolean held = !host.clock().isCrashed() && lock.isHeld();
    timeline.observe(held);
    return held;
  }

  /**
   * Adds its events to the history if its token was read. Without a token, it cannot be told from
   * other holds.
   */
  void addTo(List<HistoryEvent> events, boolean checksHolders) {
    if (everSeenToken.isPresent()) {
      timeline.addTo(events, holder, everSeenToken.getAsLong(), checksHolders);
    }
  }

  /** Records a completion at the current time. */
  void recordCompleted(long untilMicros) {
    timeline.completed(untilMicros);
  }
}
