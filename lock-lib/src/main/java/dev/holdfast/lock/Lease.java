package dev.holdfast.lock;

import java.time.Duration;

/**
 * What work may know of the lock under which it runs. Thread-safe; none of these calls the table.
 */
public interface Lease {

  /**
   * The lock's name.
   *
   * @return the resource id
   */
  String name();

  /**
   * The token to put into writes that must not be made by a stale holder. Asking for it makes the
   * release leave a marker row instead of deleting the row, so that no later token is smaller.
   *
   * @return the fencing token of this hold
   * @throws LockClosedException if the lock was released before the token was first asked for
   */
  FencingToken fencingToken();

  /**
   * How long this holder may still believe that it holds the lock. Anything started must end before
   * that, or be fenced.
   *
   * @return the time left, zero when it is over
   */
  Duration remaining();

  /**
   * Whether the lock is still held. Once it says no, it never says yes again.
   *
   * @return false when validity is over, the lock is known to be lost, or it was released
   */
  boolean isHeld();

  /**
   * Stops work that is no longer protected.
   *
   * @throws LockLostException if the lock is no longer held
   */
  void ensureHeld();
}
