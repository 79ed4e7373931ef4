package dev.holdfast.lock;

import java.time.Duration;
import java.util.List;

/**
 * What work may know of the locks under which it runs when there are several. Thread-safe; none of
 * these calls the table.
 */
public interface MultiLease {

  /**
   * The locks' names.
   *
   * @return the resource ids, sorted by their bytes of UTF-8
   */
  List<String> names();

  /**
   * One of the locks, for its fencing token: each lock has its own.
   *
   * @param name the resource id
   * @return its lease
   * @throws IllegalArgumentException if it is not one of these locks
   */
  Lease lease(String name);

  /**
   * How long this holder may still believe that it holds all of the locks.
   *
   * @return the time left for the one that ends first, zero when it is over
   */
  Duration remaining();

  /**
   * Whether all of the locks are still held. Once it says no, it never says yes again.
   *
   * @return false when one of them is not
   */
  boolean isHeld();

  /**
   * Stops work that is no longer protected.
   *
   * @throws LockLostException if one of the locks is no longer held; it names the first
   */
  void ensureHeld();
}
