package dev.holdfast.lock;

import java.time.Duration;

/** Read-only view of a held lock. Thread-safe; no method sends a request. */
public interface Lease {

  /**
   * Returns the lock's name.
   *
   * @return the name; for a permit, the name of the permit
   */
  String name();

  /**
   * Returns the fencing token for writes that a stale holder must not make. After this call, the
   * release leaves a marker row instead of deleting the row, so that no later token is smaller.
   *
   * @return the fencing token of this hold, which never changes
   * @throws LockClosedException if the lock was released before the token was first read
   */
  FencingToken fencingToken();

  /**
   * Returns the nonce that identifies this hold in the lock's row. The check of the lock in a
   * transaction compares it ({@code Fence.lockCheck}). It is not for logs.
   *
   * @return 128 random bits as text
   */
  String nonce();

  /**
   * Returns the remaining time in which this holder can rely on the lock. Work must end within this
   * time, or use a fencing token.
   *
   * @return the remaining time; zero if the lock is not held
   */
  Duration remaining();

  /**
   * Returns whether the lock is still held. Once it returns false, it always returns false, unless
   * a release was certainly not applied.
   *
   * @return false if the lease has expired, the lock is lost, or the lock was released
   */
  boolean isHeld();

  /**
   * Throws if the lock is no longer held, so that unprotected work stops.
   *
   * @throws LockLostException if the lock is no longer held
   */
  void ensureHeld();
}
