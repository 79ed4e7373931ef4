package dev.holdfast.lock.internal.protocol;

import dev.holdfast.lock.RandomSource;

/**
 * How a lock that was handed over is taken: one write that replaces the giver's row by the
 * receiver's, with a new nonce and a larger token.
 *
 * <p>Why it is safe: the write takes effect only on the very row that the giver left, so of two
 * copies of a ticket one at most is redeemed, and none once anybody else has the lock. The giver no
 * longer believes in its hold, and its token is below the receiver's.
 *
 * @param write what is sent, identical each time
 * @param validFrom the clocks before it was built: where validity starts
 * @param clockBounds how far clocks are trusted
 */
public record TransferProtocol(
    Write.Resume write, ClockReading validFrom, ClockBounds clockBounds) {

  /**
   * Begins to redeem a ticket.
   *
   * @param transfer what was handed over
   * @param spec who takes it, and how far it trusts clocks
   * @param now the clocks now
   * @param randomSource random draws
   * @return what to send
   */
  public static TransferProtocol start(
      Transfer transfer, AcquireSpec spec, ClockReading now, RandomSource randomSource) {
    LockRow row = spec.newRow(now, randomSource.nonce(), transfer.version().token(), null);
    return new TransferProtocol(new Write.Resume(row, transfer.version()), now, spec.clockBounds());
  }

  /** What it came to. */
  public sealed interface Result {

    /**
     * Applies the function for the kind of this result.
     *
     * @param onResumed function for {@link Resumed}
     * @param onRejected function for {@link Rejected}
     * @param onFailed function for {@link Failed}
     * @param onLeaseExpired function for {@link LeaseExpired}
     * @param <R> type of the result
     * @param <X> checked exception that the functions may throw
     * @return the result of the function
     * @throws X if the function throws it
     */
    <R, X extends Exception> R fold(
        ThrowingFunction<Resumed, R, X> onResumed,
        ThrowingFunction<Rejected, R, X> onRejected,
        ThrowingFunction<Failed, R, X> onFailed,
        ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
        throws X;

    /**
     * The lock is ours.
     *
     * @param hold what is held
     */
    record Resumed(Hold hold) implements Result {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Resumed, R, X> onResumed,
          ThrowingFunction<Rejected, R, X> onRejected,
          ThrowingFunction<Failed, R, X> onFailed,
          ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
          throws X {
        return onResumed.apply(this);
      }
    }

    /**
     * The row is no longer as the giver left it.
     *
     * @param current what stands there
     */
    record Rejected(RowSnapshot current) implements Result {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Resumed, R, X> onResumed,
          ThrowingFunction<Rejected, R, X> onRejected,
          ThrowingFunction<Failed, R, X> onFailed,
          ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
          throws X {
        return onRejected.apply(this);
      }
    }

    /**
     * No answer.
     *
     * @param failure why, and whether the row may be ours
     * @param release what to send then, without regard to its reply
     */
    record Failed(Reply.Failed failure, Write release) implements Result {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Resumed, R, X> onResumed,
          ThrowingFunction<Rejected, R, X> onRejected,
          ThrowingFunction<Failed, R, X> onFailed,
          ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
          throws X {
        return onFailed.apply(this);
      }
    }

    /**
     * The answer came after the validity of what it gave.
     *
     * @param release what to send, without regard to its reply
     */
    record LeaseExpired(Write release) implements Result {
      @Override
      public <R, X extends Exception> R fold(
          ThrowingFunction<Resumed, R, X> onResumed,
          ThrowingFunction<Rejected, R, X> onRejected,
          ThrowingFunction<Failed, R, X> onFailed,
          ThrowingFunction<LeaseExpired, R, X> onLeaseExpired)
          throws X {
        return onLeaseExpired.apply(this);
      }
    }
  }

  /**
   * Goes on after the reply that stands.
   *
   * @param reply what came back
   * @param now the clocks when it was received
   * @return ours, refused or unknown
   */
  public Result onReply(Reply reply, ClockReading now) {
    Hold hold = Hold.resumed(write, validFrom, clockBounds);
    return reply.fold(
        applied -> granted(hold, now),
        rejected ->
            isOwnRow(rejected.current())
                ? granted(hold, now)
                : new Result.Rejected(rejected.current()),
        failed -> new Result.Failed(failed, hold.release(now, true)));
  }

  private static Result granted(Hold hold, ClockReading now) {
    return hold.remainingNanos(now) > 0
        ? new Result.Resumed(hold)
        : new Result.LeaseExpired(hold.release(now, true));
  }

  private boolean isOwnRow(RowSnapshot snapshot) {
    return snapshot instanceof LockRow row
        && row.isHeld()
        && row.version().equals(write.row().version());
  }
}
