package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Conditional write. {@code docs/semantics.md} and the class that builds the request have the
 * condition. Each resend has an identical body.
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
   * Returns the lock's name.
   *
   * @return the key of the row
   */
  default String name() {
    return row().name();
  }

  /**
   * Returns the row after the write, or the deleted row of a {@link Delete}.
   *
   * @return the whole row
   */
  LockRow row();

  /**
   * Puts a held row if nobody holds the lock.
   *
   * @param row the new row
   * @param nowMillis wall clock of the writer, which decides about the end of a retention
   * @param clockTakeover bounds of a takeover by wall clock; null for no such takeover
   * @param watchedVersion version that may be taken over since it was watched for its whole lease;
   *     null for none
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
   * Bounds of a takeover by wall clock.
   *
   * @param expiredByMillis wall clock of the writer minus its maximum skew, in epoch milliseconds;
   *     the lease must have ended by then
   * @param maxSkewMillis maximum skew of the writer; a row with a larger or no maximum is not taken
   *     over
   */
  record ClockTakeover(long expiredByMillis, long maxSkewMillis) {}

  /**
   * Takes over a transferred hold: only the exact row that its giver left.
   *
   * @param row the new row
   * @param transferredVersion version of the replaced row
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
   * Extends the writer's hold: same nonce and token, next version.
   *
   * @param row the row after the renewal
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
   * Releases the writer's hold by deleting its row; only if its token was never handed out.
   *
   * @param row the deleted row
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
   * Undoes an acquire by a wrong clock: restores the row that it replaced, with the token of the
   * undone acquire.
   *
   * @param row the restored row
   * @param ownVersion version of the writer's own row
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
   * Ends the writer's hold and leaves a row: {@link RowState#FREE} keeps the token, {@link
   * RowState#COMPLETED} answers duplicates.
   *
   * @param row the remaining row
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
