package dev.holdfast.lock.internal.protocol;

import java.util.Optional;

/**
 * Number of times that one write was sent, and knowledge about the earlier copies. Each copy has an
 * identical body. An acquire is sent twice at most. A write of a holder is sent twice, and again
 * until its deadline.
 *
 * @param sends number of sends so far
 * @param mayHaveApplied whether an earlier copy may have taken effect without a reply
 */
public record SendState(int sends, boolean mayHaveApplied) {
  private static final int MAX_SENDS = 2;

  /** State of a write that is sent for the first time. */
  public static final SendState FIRST = new SendState(1, false);

  /**
   * Returns the state of the resend of a holder's write, where {@link ReplyCase} asks for one.
   *
   * @param reply the latest reply
   * @param hasTimeLeft whether the deadline of the write has not passed
   * @return the state after the resend, or empty if the reply is final
   */
  public Optional<SendState> retryAfter(Reply reply, boolean hasTimeLeft) {
    return reply.fold(
        applied -> Optional.empty(),
        rejected -> Optional.empty(),
        failed -> retryAfter(failed, hasTimeLeft));
  }

  private Optional<SendState> retryAfter(Reply.Failed failed, boolean hasTimeLeft) {
    NextStep next = ReplyCase.of(failed.kind()).forHolder(mayResend() || hasTimeLeft);
    return next == NextStep.RESEND ? Optional.of(resend(failed)) : Optional.empty();
  }

  /**
   * Returns the pause before a holder's write is sent again. A write without a reply is first sent
   * again at once.
   *
   * @param kind the kind of the latest failure
   * @param jitter from 0 to 1
   * @return nanoseconds
   */
  public long backoffNanos(Reply.FailureKind kind, double jitter) {
    boolean refused = kind == Reply.FailureKind.THROTTLED || kind == Reply.FailureKind.CONTENTION;
    return refused || !mayResend() ? Backoff.exponential(sends, jitter) : 0;
  }

  boolean mayResend() {
    return sends < MAX_SENDS;
  }

  SendState resend(Reply.Failed failed) {
    return new SendState(sends + 1, mayHaveApplied || failed.mayHaveApplied());
  }

  /**
   * Combines the last reply with the earlier ones. A failure that excludes an effect does not
   * exclude the effect of an earlier copy without a reply.
   *
   * @param lastReply the reply after which nothing more is sent
   * @return the reply to the write as a whole
   */
  public Reply finalReply(Reply lastReply) {
    return lastReply.<Reply, RuntimeException>fold(
        applied -> applied, rejected -> rejected, this::finalFailure);
  }

  Reply.Failed finalFailure(Reply.Failed failed) {
    return new Reply.Failed(
        failed.kind(), mayHaveApplied || failed.mayHaveApplied(), failed.error());
  }
}
