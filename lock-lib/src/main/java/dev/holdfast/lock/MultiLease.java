package dev.holdfast.lock;

import java.time.Duration;
import java.util.List;

/** Read-only view of several held locks. Thread-safe; no method sends a request. */
public interface MultiLease {

  /**
   * Returns the locks' names.
   *
   * @return the names, sorted by their bytes of UTF-8
   */
  List<String> names();

  /**
   * Returns the view of one lock, for example for its fencing token. Each lock has its own token.
   *
   * @param name the lock's name
   * @return its lease
   * @throws IllegalArgumentException if the name is not the name of one of these locks
   */
  Lease lease(String name);

  /**
   * Returns the remaining time in which this holder can rely on all of the locks.
   *
   * @return the shortest remaining time of the locks; zero if one of them is not held
   */
  Duration remaining();

  /**
   * Returns whether all of the locks are still held. Once it returns false, it always returns
   * false.
   *
   * @return false if one of the locks is not held
   */
  boolean isHeld();

  /**
   * Throws if one of the locks is no longer held, so that unprotected work stops.
   *
   * @throws LockLostException if one of the locks is no longer held; the message names the first
   */
  void ensureHeld();
}
