package dev.holdfast.verification.waitqueue;

import java.time.Duration;

/** One call of one thread that asks for a lock, or for two, from its begin to its end. */
final class AcquireCall {
  /** In which way it is asked for. */
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
   * It begins now.
   *
   * @param label by which the row names the asker
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

  void yields() {
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

  /** Whether this is no new question: a copy, or what follows at once from the last answer. */
  boolean isFollowUp(TableRequest request, long now) {
    return request.nonce().equals(lastNonce) || now == lastReplyNanos;
  }

  /**
   * It asks the table now.
   *
   * @param atHoldEnd at the very instant at which a hold of the same host ended
   * @param outOfOrder though it is not the first in line
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

  /** The row was free, for a larger token than the one just sent. */
  private boolean isExtraRequest(TableRequest request) {
    return worker.nanos() == lastReplyNanos && !request.nonce().equals(lastNonce);
  }

  /** How many bodies it sent at once after another one, past its bound. */
  int extraRequestsAfterDeadline() {
    return extraRequestsAfterDeadline;
  }

  void recordReply(long now) {
    lastReplyNanos = now;
  }

  /** How often it has asked the table. */
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
