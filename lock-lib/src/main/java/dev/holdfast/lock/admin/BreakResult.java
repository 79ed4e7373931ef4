package dev.holdfast.lock.admin;

import java.util.Optional;

/** Result of {@link LockAdmin#breakLock}. */
public sealed interface BreakResult {

  /**
   * The lock is free. Its holder detects the loss at its next write. Until then only its fencing
   * token can stop it.
   *
   * @param lock the lock before it was broken
   */
  record Broken(StoredLock.Held lock) implements BreakResult {}

  /**
   * The row has changed since it was read, and was not changed.
   *
   * @param current the current lock; empty if there is no row
   */
  record Changed(Optional<StoredLock> current) implements BreakResult {}
}
