package dev.holdfast.verification.simulation;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.verification.history.HistoryEvent;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A lock that was handed out, and what its owner does with it. */
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

  /** How the row names this very hold. */
  String holder() {
    return holder;
  }

  void readToken() {
    if (!beforeDeletion) {
      lastSeenToken = OptionalLong.of(lock.fencingToken().value());
      everSeenToken = lastSeenToken;
    }
  }

  /** The row with its token was deleted by hand: tokens begin again. */
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

  /** Calls of one lock follow each other, so nothing else is asked of it meanwhile. */
  void runCall(Runnable call) {
    host.clock().thaw();
    inUse = true;
    try {
      call.run();
    } finally {
      inUse = false;
    }
  }

  /** Whether a call on it is under way, by its owner or by what keeps it alive. */
  boolean inUse() {
    return inUse || host.renewalScheduler().isRunning();
  }

  boolean belongsTo(Host other) {
    return host.clock() == other.clock();
  }

  /** Its owner has no more use for it. */
  void markEnded() {
    ended = true;
  }

  boolean ended() {
    return ended || host.clock().isCrashed();
  }

  /** How long it believes in it from now on, if nothing changes. */
  Duration remaining() {
    return lock.remaining();
  }

  boolean observeHeld() {
    boolean held = !host.clock().isCrashed() && lock.isHeld();
    timeline.observe(held);
    return held;
  }

  /** What it has to say, if its token is known: others may have had the same. */
  void addTo(List<HistoryEvent> events, boolean checksHolders) {
    if (everSeenToken.isPresent()) {
      timeline.addTo(events, holder, everSeenToken.getAsLong(), checksHolders);
    }
  }

  /** It was completed just now. */
  void recordCompleted(long untilMicros) {
    timeline.completed(untilMicros);
  }
}
