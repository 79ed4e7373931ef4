package dev.holdfast.lock.protocol;

/** What stood under a key before a write, or stood in its way. */
public sealed interface Seen permits LockRow, Seen.NoRow, Seen.ForeignRow {

  /** There was no row. */
  record NoRow() implements Seen {}

  /**
   * There was a row that this version of the format cannot read: it is never overwritten.
   *
   * @param reason what is wrong with it, for the error's message
   */
  record ForeignRow(String reason) implements Seen {}
}
