package dev.holdfast.lock;

/**
 * Is told what becomes of locks, for logs, metrics and tests: each event once. What goes wrong with
 * the table is an exception of the caller's and no event, and handing a lock over by a ticket is
 * told where the ticket is redeemed.
 *
 * <p>Called by the thread that finds out, also by those of a keep-alive, and by several at a time;
 * what it does, the caller waits for. What it throws is logged and ignored.
 */
public interface LockListener {

  /**
   * A lock was acquired.
   *
   * @param event how long it took
   */
  default void onAcquired(LockEvent.Acquired event) {}

  /**
   * A lock was acquired from a holder that had let its lease end.
   *
   * @param event from whom
   */
  default void onTakenOver(LockEvent.TakenOver event) {}

  /**
   * A lock was not acquired.
   *
   * @param event who has it
   */
  default void onNotAcquired(LockEvent.NotAcquired event) {}

  /**
   * A lock was renewed.
   *
   * @param event how much had been left
   */
  default void onRenewed(LockEvent.Renewed event) {}

  /**
   * A lock was released or completed while it was held.
   *
   * @param event what came of it
   */
  default void onReleased(LockEvent.Released event) {}

  /**
   * A lock was released or completed after it was lost.
   *
   * @param event what came of it
   */
  default void onReleasedLate(LockEvent.ReleasedLate event) {}

  /**
   * A lock was found to be lost.
   *
   * @param event why
   */
  default void onLost(LockEvent.Lost event) {}

  /**
   * The table limits the rate of writes.
   *
   * @param event how long the lock backs off
   */
  default void onThrottled(LockEvent.Throttled event) {}

  /**
   * This host's clock was found to be off by more than the clock model allows. Told when it is
   * found, and again only after it was right.
   *
   * @param event how far
   */
  default void onClockSkewExceeded(LockEvent.ClockSkewExceeded event) {}

  /**
   * Writes one line for each event to the SLF4J logger of this interface's name: {@code event=…
   * lock="…"} and what else there is, as key=value pairs. A loss and a take-over are warnings, all
   * others informations.
   *
   * @return a listener without state
   */
  static LockListener logging() {
    return LoggingListener.INSTANCE;
  }
}
