package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    return Logging.INSTANCE;
  }

  /** Listener that {@link LockListener#logging} returns. */
  enum Logging implements LockListener {
    /** The only instance. */
    INSTANCE;

    private static final Logger LOG = LoggerFactory.getLogger(LockListener.class);

    @Override
    public void onAcquired(LockEvent.Acquired event) {
      LOG.info(
          "event=acquired lock={} waitMillis={} rejectedAttempts={}",
          LogText.value(event.name()),
          event.waitTime().toMillis(),
          event.rejectedAttempts());
    }

    @Override
    public void onTakenOver(LockEvent.TakenOver event) {
      LOG.warn(
          "event=takenOver lock={} previousHolder={} sinceExpiryMillis={}",
          LogText.value(event.name()),
          LogText.value(event.previousHolder().description()),
          event.timeSinceExpiry().toMillis());
    }

    @Override
    public void onNotAcquired(LockEvent.NotAcquired event) {
      LOG.info(
          "event=notAcquired lock={} holder={} waitMillis={} rejectedAttempts={}",
          LogText.value(event.name()),
          event.holder().map(holder -> LogText.value(holder.description())).orElse("none"),
          event.waitTime().toMillis(),
          event.rejectedAttempts());
    }

    @Override
    public void onRenewed(LockEvent.Renewed event) {
      LOG.info(
          "event=renewed lock={} leaseMillis={} previousRemainingMillis={}",
          LogText.value(event.name()),
          event.leaseDuration().toMillis(),
          event.previousRemaining().toMillis());
    }

    @Override
    public void onReleased(LockEvent.Released event) {
      LOG.info(
          "event=released lock={} outcome={} holdMillis={}",
          LogText.value(event.name()),
          event.outcome(),
          event.holdTime().toMillis());
    }

    @Override
    public void onReleasedLate(LockEvent.ReleasedLate event) {
      LOG.info(
          "event=releasedLate lock={} outcome={} lateMillis={}",
          LogText.value(event.name()),
          event.outcome(),
          event.lateBy().toMillis());
    }

    @Override
    public void onLost(LockEvent.Lost event) {
      LOG.warn("event=lost lock={} reason={}", LogText.value(event.name()), event.reason());
    }

    @Override
    public void onThrottled(LockEvent.Throttled event) {
      LOG.info(
          "event=throttled lock={} attempt={} backoffMillis={}",
          LogText.value(event.name()),
          event.attempt(),
          event.backoff().toMillis());
    }

    @Override
    public void onContention(LockEvent.Contention event) {
      LOG.info(
          "event=contention lock={} attempt={} backoffMillis={}",
          LogText.value(event.name()),
          event.attempt(),
          event.backoff().toMillis());
    }

    @Override
    public void onClockSkewExceeded(LockEvent.ClockSkewExceeded event) {
      LOG.warn(
          "event=clockSkewExceeded lock={} skewMillis={}",
          LogText.value(event.name()),
          event.skew().toMillis());
    }
  }
}
