package dev.holdfast.lock.protocol;

import java.util.Optional;

/**
 * One write and its replies: an answer that got lost is asked for once more, with the same body.
 *
 * @param write what is sent, identical each time
 * @param sends how often it was sent
 * @param uncertain whether an earlier copy may have taken effect unanswered
 */
public record Exchange(Write write, int sends, boolean uncertain) {
  private static final int SENDS_MAX = 2;

  /**
   * The first sending of a write.
   *
   * @param write what is sent
   * @return an exchange that waits for its first reply
   */
  public static Exchange of(Write write) {
    return new Exchange(write, 1, false);
  }

  /**
   * Whether and how to go on after a reply.
   *
   * @param reply the latest reply
   * @return the exchange with the write sent again, or empty when this reply stands
   */
  public Optional<Exchange> again(Reply reply) {
    if (!(reply instanceof Reply.Failed failed) || sends >= SENDS_MAX) {
      return Optional.empty();
    }
    if (failed.fault() == Reply.Fault.PERMANENT) {
      return Optional.empty();
    }
    return Optional.of(new Exchange(write, sends + 1, uncertain || failed.mayHaveApplied()));
  }

  /**
   * The last reply, seen together with the earlier ones: a certain failure after an unanswered copy
   * is not certain.
   *
   * @param last the reply that stands
   * @return what is known of the write
   */
  public Reply conclude(Reply last) {
    if (uncertain && last instanceof Reply.Failed failed) {
      return new Reply.Failed(failed.fault(), true, failed.error());
    }
    return last;
  }
}
