package dev.holdfast.lock;

/**
 * Listener of lock events, for logs, metrics and tests. It receives each event once. A failure of
 * the table is an exception of the caller and not an event. A transfer is reported where the lock
 * is resumed.
 *
 * <p>The thread that detects the event calls the listener and waits for it, also a thread of a
 * keep-alive. Several threads may call it at the same time. An exception that the listener throws
 * is logged and ignored.
 */
public interface LockListener {

  /**
   * Receives the event of an acquired lock.
   *
   * @param event the event
   */
  default void onAcquired(LockEvent.Acquired event) {}

  /**
   * Receives the event of a lock that was acquired after its lease had expired.
   *
   * @param event the event
   */
  default void onTakenOver(LockEvent.TakenOver event) {}

  /**
   * Receives the event of a lock that was not acquired.
   *
   * @param event the event
   */
  default void onNotAcquired(LockEvent.NotAcquired event) {}

  /**
   * Receives the event of a renewed lock.
   *
   * @param event the event
   */
  default void onRenewed(LockEvent.Renewed event) {}

  /**
   * Receives the event of a lock that was released or completed while it was held.
   *
   * @param event the event
   */
  default void onReleased(LockEvent.Released event) {}

  /**
   * Receives the event of a lock that was released or completed after it was lost.
   *
   * @param event the event
   */
  default void onReleasedLate(LockEvent.ReleasedLate event) {}

  /**
   * Receives the event of a lost lock.
   *
   * @param event the event
   */
  default void onLost(LockEvent.Lost event) {}

  /**
   * Receives the event of a throttled request.
   *
   * @param event the event
   */
  default void onThrottled(LockEvent.Throttled event) {}

  /**
   * Receives the event of a request that met another change of the row.
   *
   * @param event the event
   */
  default void onContention(LockEvent.Contention event) {}

  /**
   * Receives the event of an excessive clock skew. The event is repeated only if the skew was
   * within the limit in between.
   *
   * @param event the event
   */
  default void onClockSkewExceeded(LockEvent.ClockSkewExceeded event) {}

  /**
   * Returns a listener that writes one line for each event to the SLF4J logger of this interface.
   * The line has the pairs {@code event=… lock=…} and the values of the event. A loss, a takeover
   * and an excessive clock skew are warnings; all other events are informational.
   *
   * @return a listener without state
   */
  static LockListener logging() {
    return LoggingListener.INSTANCE;
  }
}
