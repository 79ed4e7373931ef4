package dev.holdfast.lock.internal.protocol;

/** Content of a key before a write, or at its rejection. */
public sealed interface RowSnapshot
    permits LockRow, RowSnapshot.NoRow, RowSnapshot.UnrecognizedRow {

  /**
   * Applies the function for the kind of this snapshot.
   *
   * @param onRow function for {@link LockRow}
   * @param onNoRow function for {@link NoRow}
   * @param onUnrecognizedRow function for {@link UnrecognizedRow}
   * @param <R> type of the result
   * @param <X> checked exception that the functions may throw
   * @return the result of the function
   * @throws X if the function throws it
   */
  <R, X extends Exception> R fold(
      ThrowingFunction<LockRow, R, X> onRow,
      ThrowingFunction<NoRow, R, X> onNoRow,
      ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow)
      throws X;

  /** No row. */
  record NoRow() implements RowSnapshot {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<LockRow, R, X> onRow,
        ThrowingFunction<NoRow, R, X> onNoRow,
        ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow)
        throws X {
      return onNoRow.apply(this);
    }
  }

  /**
   * Row that this version of the format cannot read; it is never overwritten.
   *
   * @param reason the first problem of the row, for the error message
   */
  record UnrecognizedRow(String reason) implements RowSnapshot {
    @Override
    public <R, X extends Exception> R fold(
        ThrowingFunction<LockRow, R, X> onRow,
        ThrowingFunction<NoRow, R, X> onNoRow,
        ThrowingFunction<UnrecognizedRow, R, X> onUnrecognizedRow)
        throws X {
      return onUnrecognizedRow.apply(this);
    }
  }
}
