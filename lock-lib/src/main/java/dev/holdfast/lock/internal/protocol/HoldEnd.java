package dev.holdfast.lock.internal.protocol;

/** How a hold ended. */
public enum HoldEnd {
  /** The row is free. */
  RELEASED,
  /** The row says that the work is done. */
  COMPLETED,
  /** The row is no longer this holder's; when it was lost is not known. */
  LOST,
  /** No answer: the row may still be held until its lease ends. */
  UNKNOWN
}
