package dev.holdfast.lock;

/** What {@link HeldLock#release} came to. */
public enum ReleaseOutcome {
  /** The lock is free. */
  RELEASED,
  /** The lock had been completed: its row says that the work is done. */
  COMPLETED,
  /**
   * The release came after the lease had ended, and the row is no longer ours: somebody may have
   * held the lock meanwhile.
   */
  LOCK_LOST,
  /** No answer: the row may still block others until its lease ends. */
  UNKNOWN
}
