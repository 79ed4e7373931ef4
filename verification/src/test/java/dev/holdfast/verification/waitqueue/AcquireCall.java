package dev.holdfast.verification.waitqueue;

import java.time.Duration;

/** One call of a thread that acquires one or two locks, from its start to its end. */
final class AcquireCall {
  /** The form of the call. */
  enum Kind {
    QUEUED,
    BARGING,
    MULTI_LOCK
  }

  private final Worker worker;
  private final String label;
  private final Kind kind;
  private final long startNanos;
  private final long deadlineNanos;
  private int requestCount;
  private int extraRequestsAfterDeadline;
  private boolean wasQueuedBehind;
  private boolean wasRequestedOutOfOrder;
  private boolean wasRequestedAtHoldEnd;
  private boolean yields;
  private boolean hasThrownInterrupt;
  private String lastNonce = "";
  private long lastReplyNanos = -1;

  /**
   * Creates a call that starts now.
   *
   * @param label the holder in the row
   */
  AcquireCall(Worker worker, String label, Kind kind, Duration maxWait) {
    this.worker = worker;
    this.label = label;
    this.kind = kind;
    this.startNanos = worker.nanos();
    this.deadlineNanos = startNanos + maxWait.toNanos();
  }

  Worker worker() {
    return worker;
  }

  String label() {
    return label;
  }

  Kind kind() {
    return kind;
  }

  long startNanos() {
    return startNanos;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  void markQueuedBehind() {
    wasQueuedBehind = true;
  }

  boolean wasQueuedBehind() {
    return wasQueuedBehind;
  }

  void markYielding() {
    yields = true;
  }

  boolean isYielding() {
    return yields;
  }

  void markInterruptThrown() {
    hasThrownInterrupt = true;
  }

  boolean hasThrownInterrupt() {
    return hasThrownInterrupt;
  }

  /**
   * Returns whether a request belongs to the last attempt: a copy, or an immediate follow-up to the
   * last reply.
   */
  boolean isFollowUp(TableRequest request, long now) {
    return request.nonce().equals(lastNonce) || now == lastReplyNanos;
  }

  /**
   * Records an attempt.
   *
   * @param atHoldEnd whether a hold of the same host ends at this instant
   * @param outOfOrder whether the call is not at the head of the queue
   */
  void recordRequest(TableRequest request, boolean atHoldEnd, boolean outOfOrder) {
    wasRequestedAtHoldEnd = atHoldEnd && requestCount == 0;
    wasRequestedOutOfOrder = outOfOrder;
    if (worker.nanos() >= deadlineNanos && isExtraRequest(request)) {
      extraRequestsAfterDeadline++;
    }
    yields = false;
    lastNonce = request.nonce();
    requestCount++;
  }

  /** Returns whether the attempt only repeats the last one with a larger token. */
  private boolean isExtraRequest(TableRequest request) {
    return worker.nanos() == lastReplyNanos && !request.nonce().equals(lastNonce);
  }

  /** Returns the number of immediate follow-up requests after the deadline. */
  int extraRequestsAfterDeadline() {
    return extraRequestsAfterDeadline;
  }

  void recordReply(long now) {
    lastReplyNanos = now;
  }

  /** Returns the number of acquire requests. */
  int requestCount() {
    return requestCount;
  }

  boolean wasRequestedAtHoldEnd() {
    return wasRequestedAtHoldEnd;
  }

  boolean wasRequestedOutOfOrder() {
    return wasRequestedOutOfOrder;
  }
}
