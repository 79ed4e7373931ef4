package dev.holdfast.lock.internal.protocol;

/** State of a lock; the names are stored in the row. */
public enum RowState {
  /** A holder has the lock until its lease ends. */
  HELD,
  /** Nobody holds the lock; the row is a marker that keeps the last fencing token. */
  FREE,
  /** The work is completed; the row answers duplicates until its retention ends. */
  COMPLETED
}
