package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listener that logs each event on one line. */
enum LoggingListener implements LockListener {
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
