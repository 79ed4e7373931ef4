package dev.holdfast.lock.internal.protocol;

import static dev.holdfast.lock.internal.protocol.NextStep.Choice.ALWAYS_END;
import static dev.holdfast.lock.internal.protocol.NextStep.Choice.ALWAYS_PAUSE;
import static dev.holdfast.lock.internal.protocol.NextStep.Choice.RESEND_ELSE_END;
import static dev.holdfast.lock.internal.protocol.NextStep.Choice.RESEND_ELSE_PAUSE;
import static dev.holdfast.lock.internal.protocol.NextStep.Choice.SEND_NEW_ELSE_END;
import static dev.holdfast.lock.internal.protocol.NextStep.Choice.SEND_NEW_ELSE_PAUSE;

/**
 * Decision table: the reply to a write and the state of the attempt determine the next step. {@code
 * docs/semantics.md} shows the same table.
 *
 * <p>The first two columns are for an acquire, with time left to wait and after its deadline. The
 * third column is for a write of a holder. {@code RESEND_ELSE_PAUSE} means: resend while a resend
 * is allowed, otherwise pause. Every other reply ends the attempt: the lock is acquired, or its row
 * cannot be read.
 */
enum ReplyCase {
  /** The row is ours, but the reply arrived after its validity. */
  GRANTED_TOO_LATE(SEND_NEW_ELSE_END, ALWAYS_END, ALWAYS_END),

  /** A row that nobody holds any more rejected the write, for example because of its token. */
  BLOCKED_BY_AVAILABLE_ROW(SEND_NEW_ELSE_PAUSE, SEND_NEW_ELSE_END, ALWAYS_END),

  /** The row of another holder rejected the write. */
  BLOCKED_BY_HOLDER(ALWAYS_PAUSE, ALWAYS_END, ALWAYS_END),

  /** A completion within its retention rejected the write. */
  BLOCKED_BY_COMPLETION(ALWAYS_END, ALWAYS_END, ALWAYS_END),

  /** Timeout, broken connection or server error. */
  NO_REPLY(RESEND_ELSE_PAUSE, RESEND_ELSE_END, RESEND_ELSE_END),

  /** The table limits the rate. */
  THROTTLED(ALWAYS_PAUSE, ALWAYS_END, RESEND_ELSE_END),

  /** Another request was changing the row, for example a transaction or another Region. */
  CONTENTION(ALWAYS_PAUSE, ALWAYS_END, RESEND_ELSE_END),

  /** The calling thread was interrupted. A holder's write is sent again before it stops. */
  INTERRUPTED(ALWAYS_END, ALWAYS_END, RESEND_ELSE_END),

  /** The table refuses every such request. */
  PERMANENT_FAILURE(ALWAYS_END, ALWAYS_END, ALWAYS_END);

  private final NextStep.Choice withTimeLeft;
  private final NextStep.Choice afterDeadline;
  private final NextStep.Choice ofHolder;

  ReplyCase(NextStep.Choice withTimeLeft, NextStep.Choice afterDeadline, NextStep.Choice ofHolder) {
    this.withTimeLeft = withTimeLeft;
    this.afterDeadline = afterDeadline;
    this.ofHolder = ofHolder;
  }

  /**
   * Classifies a rejection.
   *
   * @param row the row that rejected the write
   * @param takeoverNanos time until a held row may be taken over, in nanoseconds
   * @param now the clocks when the reply arrived
   */
  static ReplyCase of(LockRow row, long takeoverNanos, ClockReading now) {
    return switch (row.state()) {
      case FREE -> BLOCKED_BY_AVAILABLE_ROW;
      case COMPLETED ->
          now.wallMillis() < row.leaseTerm().expiresAtMillis()
              ? BLOCKED_BY_COMPLETION
              : BLOCKED_BY_AVAILABLE_ROW;
      case HELD -> takeoverNanos > 0 ? BLOCKED_BY_HOLDER : BLOCKED_BY_AVAILABLE_ROW;
    };
  }

  static ReplyCase of(Reply.FailureKind kind) {
    return switch (kind) {
      case NO_REPLY -> NO_REPLY;
      case THROTTLED -> THROTTLED;
      case CONTENTION -> CONTENTION;
      case INTERRUPTED -> INTERRUPTED;
      case PERMANENT -> PERMANENT_FAILURE;
    };
  }

  /**
   * Returns the next step of an acquire.
   *
   * @param hasTimeLeft whether the deadline of the wait has not passed
   * @param maySend whether the write that the table asks for may be sent at once
   * @return the next step
   */
  NextStep forAcquire(boolean hasTimeLeft, boolean maySend) {
    return (hasTimeLeft ? withTimeLeft : afterDeadline).resolve(maySend);
  }

  /**
   * Returns the next step of a holder's write.
   *
   * @param maySend whether the write was sent once only, or its deadline has not passed
   * @return {@link NextStep#RESEND} or {@link NextStep#END}
   */
  NextStep forHolder(boolean maySend) {
    return ofHolder.resolve(maySend);
  }

  /** Returns whether an attempt goes on after this reply while it has time left. */
  boolean isTransient() {
    return withTimeLeft.resolve(false) == NextStep.PAUSE;
  }
}
