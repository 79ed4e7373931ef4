package dev.holdfast.lock.admin;

import java.util.Optional;

/** What came of breaking a lock. */
public sealed interface BreakResult {

  /**
   * The lock is free. Its holder learns of it at its next write and not before: what it does
   * meanwhile is stopped by its fencing token alone.
   *
   * @param lock the lock as it was
   */
  record Broken(StoredLock.Held lock) implements BreakResult {}

  /**
   * The row is no longer as it was seen, and is left as it is.
   *
   * @param current what stands there now; empty where nothing does
   */
  record Changed(Optional<StoredLock> current) implements BreakResult {}
}
