package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One conditional write. Its condition stands where the request is built, and in {@code
 * docs/semantics.md}; a write is sent as often as need be, always with an identical body.
 */
public sealed interface Write {

  /**
   * Applies the function for the kind of this write.
   *
   * @param onAcquire function for {@link Acquire}
   * @param onResume function for {@link Resume}
   * @param onRenew function for {@link Renew}
   * @param onDelete function for {@link Delete}
   * @param onRestore function for {@link Restore}
   * @param onEnd function for {@link End}
   * @param <R> type of the result
   * @param <X> checked exception that the functions may throw
   * @return the result of the function
   * @throws X if the function throws it
   */
  <R, X extends Exception> R fold(
      ThrowingFunction<Acquire, R, X> onAcquire,
      ThrowingFunction<Resume, R, X> onResume,
      ThrowingFunction<Renew, R, X> onRenew,
      ThrowingFunction<Delete, R, X> onDelete,
      ThrowingFunction<Restore, R, X> onRestore,
      ThrowingFunction<End, R, X> onEnd)
      throws X;

  /**
   * The lock's name.
   *
   * @return the key of the row that is written
   */
  default String name() {
    return row().name();
  }

  /**
   * The row that stands after the write, or for {@link Delete} the one that goes.
   *
   * @return the whole row
   */
  LockRow row();

  /**
   * Puts a held row where nobody holds one.
   *
   * @param row the new row
   * @param nowMillis the writer's wall clock, against which a finished window is judged
   * @param clockTakeover take over a lease that ended, judged by wall clocks; null to leave that
   *     out
   * @param watchedVersion take over exactly this row, watched for its whole lease; null to leave
   *     that out
   */
  record Acquire(
      LockRow row,
      long nowMillis,
      @Nullable ClockTakeover clockTakeover,
      @Nullable RowVersion watchedVersion)
      implements Write {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquire, R, X> onAcquire,
        ThrowingFunction<Resume, R, X> onResume,
        ThrowingFunction<Renew, R, X> onRenew,
        ThrowingFunction<Delete, R, X> onDelete,
        ThrowingFunction<Restore, R, X> onRestore,
        ThrowingFunction<End, R, X> onEnd)
        throws X {
      return onAcquire.apply(this);
    }
  }

  /**
   * Up to when a lease must have ended to be taken over by wall clocks.
   *
   * @param expiredByMillis the writer's wall clock less its skew bound, in epoch milliseconds
   * @param maxSkewMillis the writer's skew bound; a row with a larger one, or none, is left alone
   */
  record ClockTakeover(long expiredByMillis, long maxSkewMillis) {}

  /**
   * Takes over a hold that was handed over: only the very row that its giver left.
   *
   * @param row the new row
   * @param transferredVersion the row that is replaced
   */
  record Resume(LockRow row, RowVersion transferredVersion) implements Write {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquire, R, X> onAcquire,
        ThrowingFunction<Resume, R, X> onResume,
        ThrowingFunction<Renew, R, X> onRenew,
        ThrowingFunction<Delete, R, X> onDelete,
        ThrowingFunction<Restore, R, X> onRestore,
        ThrowingFunction<End, R, X> onEnd)
        throws X {
      return onResume.apply(this);
    }
  }

  /**
   * Extends my hold: same nonce and token, next version.
   *
   * @param row the row as it stands after the renewal
   */
  record Renew(LockRow row) implements Write {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquire, R, X> onAcquire,
        ThrowingFunction<Resume, R, X> onResume,
        ThrowingFunction<Renew, R, X> onRenew,
        ThrowingFunction<Delete, R, X> onDelete,
        ThrowingFunction<Restore, R, X> onRestore,
        ThrowingFunction<End, R, X> onEnd)
        throws X {
      return onRenew.apply(this);
    }
  }

  /**
   * Releases my hold by deleting its row; only where nobody has seen its token.
   *
   * @param row the row that goes
   */
  record Delete(LockRow row) implements Write {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquire, R, X> onAcquire,
        ThrowingFunction<Resume, R, X> onResume,
        ThrowingFunction<Renew, R, X> onRenew,
        ThrowingFunction<Delete, R, X> onDelete,
        ThrowingFunction<Restore, R, X> onRestore,
        ThrowingFunction<End, R, X> onEnd)
        throws X {
      return onDelete.apply(this);
    }
  }

  /**
   * Takes back a hold that was won by a wrong clock: puts the row that it replaced where it was.
   *
   * @param row the row as it was before
   * @param ownVersion the row that goes
   */
  record Restore(LockRow row, RowVersion ownVersion) implements Write {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquire, R, X> onAcquire,
        ThrowingFunction<Resume, R, X> onResume,
        ThrowingFunction<Renew, R, X> onRenew,
        ThrowingFunction<Delete, R, X> onDelete,
        ThrowingFunction<Restore, R, X> onRestore,
        ThrowingFunction<End, R, X> onEnd)
        throws X {
      return onRestore.apply(this);
    }
  }

  /**
   * Ends my hold and leaves a row behind: {@link RowState#FREE} to keep the token, {@link
   * RowState#COMPLETED} to answer duplicates.
   *
   * @param row the row that stays
   */
  record End(LockRow row) implements Write {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<Acquire, R, X> onAcquire,
        ThrowingFunction<Resume, R, X> onResume,
        ThrowingFunction<Renew, R, X> onRenew,
        ThrowingFunction<Delete, R, X> onDelete,
        ThrowingFunction<Restore, R, X> onRestore,
        ThrowingFunction<End, R, X> onEnd)
        throws X {
      return onEnd.apply(this);
    }
  }
}
