package dev.holdfast.lock.internal.protocol;

import java.util.Optional;

/**
 * One write and its replies: an answer that got lost is asked for once more, with the same body.
 *
 * @param write what is sent, identical each time
 * @param sends how often it was sent
 * @param mayHaveApplied whether an earlier copy may have taken effect unanswered
 */
public record SendState(Write write, int sends, boolean mayHaveApplied) {
  private static final int MAX_SENDS = 2;

  /**
   * The first sending of a write.
   *
   * @param write what is sent
   * @return an exchange that waits for its first reply
   */
  public static SendState of(Write write) {
    return new SendState(write, 1, false);
  }

  /**
   * Whether and how to go on after a reply.
   *
   * @param reply the latest reply
   * @return the exchange with the write sent again, or empty when this reply stands
   */
  public Optional<SendState> retryAfter(Reply reply) {
    if (!(reply instanceof Reply.Failed failed) || sends >= MAX_SENDS) {
      return Optional.empty();
    }
    if (failed.kind() == Reply.FailureKind.PERMANENT) {
      return Optional.empty();
    }
    return Optional.of(new SendState(write, sends + 1, mayHaveApplied || failed.mayHaveApplied()));
  }

  /**
   * The last reply, seen together with the earlier ones: a certain failure after an unanswered copy
   * is not certain.
   *
   * @param lastReply the reply that stands
   * @return what is known of the write
   */
  public Reply finalReply(Reply lastReply) {
    if (mayHaveApplied && lastReply instanceof Reply.Failed failed) {
      return new Reply.Failed(failed.kind(), true, failed.error());
    }
    return lastReply;
  }
}
