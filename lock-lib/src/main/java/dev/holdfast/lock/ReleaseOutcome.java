package dev.holdfast.lock;

/** Outcome of {@link HeldLock#release}. */
public enum ReleaseOutcome {
  /** The lock is free. */
  RELEASED,
  /** The work of the lock was completed: the row is an idempotency record. */
  COMPLETED,
  /**
   * The lock was lost before its release: the lease had expired and the row has another owner, or
   * the loss was known and nothing was sent. Another holder may have worked at the same time.
   */
  LOCK_LOST,
  /** No reply was received: the row may block others until its lease expires. */
  UNKNOWN
}
