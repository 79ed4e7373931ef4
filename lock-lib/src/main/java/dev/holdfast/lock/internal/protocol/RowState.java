package dev.holdfast.lock.internal.protocol;

/** What a row of the lock table stands for; the names are stored as they are here. */
public enum RowState {
  /** Somebody holds the lock, until its lease ends. */
  HELD,
  /** Nobody holds it; the row stays as a marker that keeps the last fencing token. */
  FREE,
  /** The work is done; the row answers duplicates until its window ends. */
  COMPLETED
}
