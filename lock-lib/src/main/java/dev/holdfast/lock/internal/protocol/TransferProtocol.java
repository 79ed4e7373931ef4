package dev.holdfast.lock.internal.protocol;

import java.util.Optional;

/**
 * Resume of a transferred lock: one write that replaces the giver's row by the receiver's row, with
 * a new nonce and a larger token.
 *
 * <p>It is safe for these reasons. The write applies only to the exact row that the giver left, so
 * at most one of two copies of a transfer succeeds, and none succeeds after another holder acquired
 * the lock. The giver no longer holds the lock, and its token is below that of the receiver.
 *
 * <p>A host with a wrong clock may have replaced the giver's row and restored it with a larger
 * token. The receiver then sends its write again for that row ({@link #adoptingTokenOf}).
 *
 * @param write the write, identical for each send
 * @param validFrom the clocks before the write was built; validity starts here
 * @param clockBounds assumptions about clocks
 */
public record TransferProtocol(
    Write.Resume write, ClockReading validFrom, ClockBounds clockBounds) {

  /**
   * Starts to resume a transfer.
   *
   * @param transfer the transfer
   * @param spec the receiver and its assumptions about clocks
   * @param now the clocks now
   * @param randomSource source of nonces
   * @return the protocol with the write to send
   */
  public static TransferProtocol start(
      Transfer transfer, AcquireSpec spec, ClockReading now, RandomSource randomSource) {
    LockRow row = spec.newRow(now, randomSource.nonce(), transfer.version().token(), null);
    return new TransferProtocol(new Write.Resume(row, transfer.version()), now, spec.clockBounds());
  }

  /**
   * Returns the protocol that sends a rejected write again, if the rejection shows the giver's row
   * with a larger token. The first write can no longer apply, since that token remains.
   *
   * @param current the row that rejected the write
   * @return the protocol with the write for that row; empty if the rejection is final
   */
  public Optional<TransferProtocol> adoptingTokenOf(RowSnapshot current) {
    RowVersion transferred = write.transferredVersion();
    if (!(current instanceof LockRow row)
        || !row.isRestored(transferred)
        || !row.allowsLargerToken()
        || row.version().renewals() != transferred.renewals()) {
      return Optional.empty();
    }
    long token = Math.max(write.row().version().token(), row.version().token() + 1);
    Write.Resume again = new Write.Resume(write.row().withToken(token), row.version());
    return Optional.of(new TransferProtocol(again, validFrom, clockBounds));
  }

  /** Result of a resume. */
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
     * The receiver holds the lock.
     *
     * @param hold the new hold
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
     * The row has changed since the giver left it.
     *
     * @param current the current row
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
     * There is no reply.
     *
     * @param failure the reason, and whether the write may have applied
     * @param release the release to send; its reply has no effect
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
     * The reply arrived after the validity of the hold.
     *
     * @param release the release to send; its reply has no effect
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
   * Evaluates the final reply.
   *
   * @param reply the final reply
   * @param now the clocks when it arrived
   * @return the result
   */
  public Result onReply(Reply reply, ClockReading now) {
    Hold hold = hold();
    return reply.fold(
        applied -> granted(hold, now),
        rejected -> afterRejection(hold, rejected.current(), now),
        failed -> new Result.Failed(failed, hold.release(now, true)));
  }

  private Hold hold() {
    return Hold.resumed(write, validFrom, clockBounds);
  }

  /**
   * Returns the release of the resumed lock, for a rejection that does not show the row. An earlier
   * copy of the write may have applied.
   *
   * @param now the clocks now
   * @return the release to send; its reply has no effect
   */
  public Write release(ClockReading now) {
    return hold().release(now, true);
  }

  private static Result granted(Hold hold, ClockReading now) {
    return hold.remainingNanos(now) > 0
        ? new Result.Resumed(hold)
        : new Result.LeaseExpired(hold.release(now, true));
  }

  private Result afterRejection(Hold hold, RowSnapshot current, ClockReading now) {
    if (current instanceof LockRow row) {
      if (row.isHeld() && row.version().equals(hold.row().version())) {
        return granted(hold, now);
      }
      Optional<Hold> restored = hold.adoptingTokenOf(row);
      if (restored.isPresent()) {
        return granted(restored.get(), now);
      }
      if (!row.allowsLargerToken()) {
        return new Result.Rejected(row.toUnrecognizedRow());
      }
    }
    return new Result.Rejected(current);
  }
}
