package dev.holdfast.verification.waitqueue;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.verification.support.Invariant;
import dev.holdfast.verification.waitqueue.AcquireCall.Kind;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks the wait queue of one host and lock against {@code docs/semantics.md}. Only the head of
 * the queue sends requests. It sends none while its JVM holds the lock, and one immediately after
 * that. Waiters are served in order, and the queue yields after sixteen consecutive holds. The
 * checker knows only the order of the waiters.
 */
final class WaitQueueChecker {
  private static final int MAX_CONSECUTIVE_HOLDS = 16;
  private static final long NEVER = -1;

  /** Tolerance of an immediate attempt: host clocks have a resolution of one microsecond. */
  private static final long IMMEDIATE_NANOS = 10_000;

  private final String location;
  private final TimeSource timeSource;
  private final EventStatistics statistics;
  private final Deque<AcquireCall> waiters = new ArrayDeque<>();
  private boolean held;
  private long heldUntilNanos;
  private long holdEndedNanos = NEVER;
  private long attemptDueNanos = NEVER;
  private int consecutiveHolds;
  private long lastReplyNanos;

  /**
   * Creates a checker of an empty queue.
   *
   * @param location the host and the lock, for messages
   */
  WaitQueueChecker(String location, TimeSource timeSource, EventStatistics statistics) {
    this.location = location;
    this.timeSource = timeSource;
    this.statistics = statistics;
  }

  boolean isHead(AcquireCall acquireCall) {
    return waiters.peek() == acquireCall;
  }

  void require(boolean condition, String message, Object detail) {
    Invariant.require(condition, message + " at " + location, detail);
  }

  void onEnqueued(AcquireCall acquireCall) {
    checkInvariants();
    if (!waiters.isEmpty()) {
      statistics.count(Event.QUEUED_BEHIND_OTHERS);
      acquireCall.markQueuedBehind();
    }
    waiters.add(acquireCall);
  }

  void onRemoved(AcquireCall acquireCall) {
    checkInvariants();
    boolean wasHead = isHead(acquireCall);
    waiters.remove(acquireCall);
    if (wasHead && !isHeld()) {
      markAttemptDue(Event.WOKEN_BY_WAITER_REMOVAL);
    }
  }

  private boolean isHeld() {
    return held && timeSource.monotonicNanos() + IMMEDIATE_NANOS < heldUntilNanos;
  }

  /** Requires an attempt of the head now, unless the head yields. */
  private void markAttemptDue(Event reason) {
    attemptDueNanos = NEVER;
    AcquireCall head = waiters.peek();
    if (head != null && !head.isYielding()) {
      statistics.count(reason);
      attemptDueNanos = timeSource.monotonicNanos();
    }
  }

  /**
   * Checks a request of a waiter. A multi-lock may send an attempt before it renews its other
   * locks.
   */
  void onRequest(AcquireCall acquireCall, TableRequest request) {
    checkInvariants();
    if (!waiters.contains(acquireCall)) {
      return;
    }
    long now = timeSource.monotonicNanos();
    boolean isLastAttempt =
        now >= acquireCall.deadlineNanos() || acquireCall.kind() == Kind.MULTI_LOCK;
    require(
        isLastAttempt || isHead(acquireCall),
        "attempt by a waiter that is not the head",
        acquireCall.label());
    boolean isFollowUp = acquireCall.isFollowUp(request, now);
    require(
        isLastAttempt || isFollowUp || !isHeld(),
        "attempt while the lock is held in this JVM",
        acquireCall.label());
    held = isHeld();
    if (isHead(acquireCall)) {
      attemptDueNanos = NEVER;
    }
    acquireCall.recordRequest(request, now == holdEndedNanos, !isHead(acquireCall));
  }

  /** Records a reply to the head. If an attempt became due during the request, it is due now. */
  void onReply(AcquireCall acquireCall, TableRequest request, boolean answered) {
    checkInvariants();
    if (isHead(acquireCall) && answered && request.isAcquire()) {
      lastReplyNanos = timeSource.monotonicNanos();
    }
    if (isHead(acquireCall) && attemptDueNanos != NEVER) {
      attemptDueNanos = answered || !request.isAcquire() ? timeSource.monotonicNanos() : NEVER;
    }
  }

  /**
   * Returns the earliest time of the information that a waiter may report: the latest reply to a
   * head of the queue.
   */
  long observedSinceNanos(AcquireCall acquireCall) {
    return Math.min(acquireCall.startNanos(), lastReplyNanos);
  }

  void onYielded(AcquireCall acquireCall) {
    if (isHead(acquireCall)) {
      attemptDueNanos = NEVER;
      consecutiveHolds = 0;
      acquireCall.markYielding();
      statistics.count(
          acquireCall.wasQueuedBehind()
              ? Event.YIELDED_AFTER_SIXTEEN_HOLDS
              : Event.YIELDED_TO_OTHER_HOSTS);
    }
  }

  void onHoldStarted(AcquireCall acquireCall, long untilNanos) {
    boolean inOrder =
        !waiters.contains(acquireCall)
            || isHead(acquireCall)
            || acquireCall.wasRequestedOutOfOrder();
    require(inOrder, "acquired out of order", acquireCall.label());
    consecutiveHolds = acquireCall.wasRequestedAtHoldEnd() ? consecutiveHolds + 1 : 1;
    require(
        consecutiveHolds <= MAX_CONSECUTIVE_HOLDS,
        "too many consecutive holds without a yield",
        consecutiveHolds);
    held = true;
    heldUntilNanos = untilNanos;
    attemptDueNanos = NEVER;
  }

  /**
   * Records that a hold continues: the table has confirmed it, although the reply took longer than
   * the lease.
   */
  void onHoldExtended(long untilNanos) {
    checkInvariants();
    held = true;
    heldUntilNanos = untilNanos;
    held = isHeld();
    attemptDueNanos = held ? NEVER : attemptDueNanos;
  }

  void onHoldEnded() {
    checkInvariants();
    held = false;
    holdEndedNanos = timeSource.monotonicNanos();
    markAttemptDue(Event.WOKEN_BY_HOLD_END);
  }

  /** Checks that the head does not sleep while its attempt is due. */
  void checkInvariants() {
    long now = timeSource.monotonicNanos();
    if (held && now >= heldUntilNanos) {
      held = false;
      markAttemptDue(Event.WOKEN_BY_LEASE_EXPIRY);
      attemptDueNanos = attemptDueNanos == NEVER ? NEVER : heldUntilNanos;
    }
    AcquireCall head = waiters.peek();
    if (head == null || attemptDueNanos == NEVER) {
      attemptDueNanos = NEVER;
      return;
    }
    boolean isImmediate =
        head.worker().hasRequestInFlight() || now - attemptDueNanos <= IMMEDIATE_NANOS;
    require(isImmediate, "head of the queue did not attempt", head.label());
  }

  void checkEmpty() {
    require(
        waiters.isEmpty(),
        "waiters left in the queue",
        waiters.stream().map(AcquireCall::label).toList());
  }
}
