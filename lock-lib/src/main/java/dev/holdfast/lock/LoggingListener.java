package dev.holdfast.lock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listener that logs each event on one line. Texts of callers are quoted and stay on the line. */
enum LoggingListener implements LockListener {
  INSTANCE;

  private static final Logger LOG = LoggerFactory.getLogger(LockListener.class);

  @Override
  public void onAcquired(LockEvent.Acquired event) {
    LOG.info(
        "event=acquired lock={} waitMillis={} rejectedAttempts={}",
        quote(event.name()),
        event.waitTime().toMillis(),
        event.rejectedAttempts());
  }

  @Override
  public void onTakenOver(LockEvent.TakenOver event) {
    LOG.warn(
        "event=takenOver lock={} previousHolder={} sinceExpiryMillis={}",
        quote(event.name()),
        quote(event.previousHolder().description()),
        event.timeSinceExpiry().toMillis());
  }

  @Override
  public void onNotAcquired(LockEvent.NotAcquired event) {
    LOG.info(
        "event=notAcquired lock={} holder={} waitMillis={} rejectedAttempts={}",
        quote(event.name()),
        event.holder().map(holder -> quote(holder.description())).orElse("none"),
        event.waitTime().toMillis(),
        event.rejectedAttempts());
  }

  @Override
  public void onRenewed(LockEvent.Renewed event) {
    LOG.info(
        "event=renewed lock={} leaseMillis={} previousRemainingMillis={}",
        quote(event.name()),
        event.leaseDuration().toMillis(),
        event.previousRemaining().toMillis());
  }

  @Override
  public void onReleased(LockEvent.Released event) {
    LOG.info(
        "event=released lock={} outcome={} holdMillis={}",
        quote(event.name()),
        event.outcome(),
        event.holdTime().toMillis());
  }

  @Override
  public void onReleasedLate(LockEvent.ReleasedLate event) {
    LOG.info(
        "event=releasedLate lock={} outcome={} lateMillis={}",
        quote(event.name()),
        event.outcome(),
        event.lateBy().toMillis());
  }

  @Override
  public void onLost(LockEvent.Lost event) {
    LOG.warn("event=lost lock={} reason={}", quote(event.name()), event.reason());
  }

  @Override
  public void onThrottled(LockEvent.Throttled event) {
    LOG.info(
        "event=throttled lock={} attempt={} backoffMillis={}",
        quote(event.name()),
        event.attempt(),
        event.backoff().toMillis());
  }

  @Override
  public void onClockSkewExceeded(LockEvent.ClockSkewExceeded event) {
    LOG.warn(
        "event=clockSkewExceeded lock={} skewMillis={}",
        quote(event.name()),
        event.skew().toMillis());
  }

  private static String quote(String text) {
    String plain = text.replace('"', '\'').replaceAll("\\p{Cntrl}", " ");
    return '"' + plain + '"';
  }
}
