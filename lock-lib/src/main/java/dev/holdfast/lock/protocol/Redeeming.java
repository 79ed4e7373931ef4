package dev.holdfast.lock.protocol;

/**
 * How a lock that was handed over is taken: one write that replaces the giver's row by the
 * receiver's, with a new nonce and a larger token.
 *
 * <p>Why it is safe: the write takes effect only on the very row that the giver left, so of two
 * copies of a ticket one at most is redeemed, and none once anybody else has the lock. The giver no
 * longer believes in its hold, and its token is below the receiver's.
 *
 * @param write what is sent, identical each time
 * @param sampled the clocks before it was built: where validity starts
 * @param bounds how far clocks are trusted
 */
public record Redeeming(Write.Redeem write, ClockReading sampled, ClockBounds bounds) {

  /**
   * Begins to redeem a ticket.
   *
   * @param ticket what was handed over
   * @param claim who takes it, and how far it trusts clocks
   * @param now the clocks now
   * @param draws random draws
   * @return what to send
   */
  public static Redeeming of(Ticket ticket, Claim claim, ClockReading now, Draws draws) {
    LockRow row = claim.row(now, draws.nonce(), ticket.stamp().token(), null);
    return new Redeeming(new Write.Redeem(row, ticket.stamp()), now, claim.bounds());
  }

  /** What it came to. */
  public sealed interface Result {
    /**
     * The lock is ours.
     *
     * @param hold what is held
     */
    record Redeemed(Hold hold) implements Result {}

    /**
     * The row is no longer as the giver left it.
     *
     * @param current what stands there
     */
    record Refused(Seen current) implements Result {}

    /**
     * No answer.
     *
     * @param failure why, and whether the row may be ours
     * @param release what to send then, without regard to its reply
     */
    record Failed(Reply.Failed failure, Write release) implements Result {}

    /**
     * The answer came after the validity of what it gave.
     *
     * @param release what to send, without regard to its reply
     */
    record TooLate(Write release) implements Result {}
  }

  /**
   * Goes on after the reply that stands.
   *
   * @param reply what came back
   * @param now the clocks when it was received
   * @return ours, refused or unknown
   */
  public Result onReply(Reply reply, ClockReading now) {
    Hold hold = Hold.redeemed(write, sampled, bounds);
    if (reply instanceof Reply.Failed failed) {
      return new Result.Failed(failed, hold.release(now, true));
    }
    if (reply instanceof Reply.Refused refused && !isMine(refused.current())) {
      return new Result.Refused(refused.current());
    }
    return hold.remainingNanos(now) > 0
        ? new Result.Redeemed(hold)
        : new Result.TooLate(hold.release(now, true));
  }

  private boolean isMine(Seen seen) {
    return seen instanceof LockRow row && row.isHeld() && row.stamp().equals(write.row().stamp());
  }
}
