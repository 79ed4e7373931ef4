package dev.holdfast.lock.internal.protocol;

/** What stood under a key before a write, or stood in its way. */
public sealed interface RowSnapshot
    permits LockRow, RowSnapshot.NoRow, RowSnapshot.UnrecognizedRow {

  /** There was no row. */
  record NoRow() implements RowSnapshot {}

  /**
   * There was a row that this version of the format cannot read: it is never overwritten.
   *
   * @param reason what is wrong with it, for the error's message
   */
  record UnrecognizedRow(String reason) implements RowSnapshot {}
}
