package dev.holdfast.lock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line for each event. Texts of users are quoted, so that a line stays one line. */
enum LoggedEvents implements LockListener {
  INSTANCE;

  private static final Logger LOG = LoggerFactory.getLogger(LockListener.class);

  @Override
  public void acquired(LockEvent.Acquired event) {
    LOG.info(
        "event=acquired lock={} waitedMillis={} refusedPuts={}",
        quoted(event.name()),
        event.waited().toMillis(),
        event.refusedPuts());
  }

  @Override
  public void takenOver(LockEvent.TakenOver event) {
    LOG.warn(
        "event=takenOver lock={} from={} afterMillis={}",
        quoted(event.name()),
        quoted(event.from().description()),
        event.after().toMillis());
  }

  @Override
  public void refused(LockEvent.Refused event) {
    LOG.info(
        "event=refused lock={} holder={} waitedMillis={} refusedPuts={}",
        quoted(event.name()),
        event.holder().map(holder -> quoted(holder.description())).orElse("none"),
        event.waited().toMillis(),
        event.refusedPuts());
  }

  @Override
  public void renewed(LockEvent.Renewed event) {
    LOG.info(
        "event=renewed lock={} leaseMillis={} leftMillis={}",
        quoted(event.name()),
        event.lease().toMillis(),
        event.left().toMillis());
  }

  @Override
  public void released(LockEvent.Released event) {
    LOG.info(
        "event=released lock={} outcome={} heldMillis={}",
        quoted(event.name()),
        event.outcome(),
        event.held().toMillis());
  }

  @Override
  public void releasedLate(LockEvent.ReleasedLate event) {
    LOG.info(
        "event=releasedLate lock={} outcome={} lateMillis={}",
        quoted(event.name()),
        event.outcome(),
        event.late().toMillis());
  }

  @Override
  public void lost(LockEvent.Lost event) {
    LOG.warn("event=lost lock={} reason={}", quoted(event.name()), event.reason());
  }

  @Override
  public void throttled(LockEvent.Throttled event) {
    LOG.info(
        "event=throttled lock={} attempt={} backOffMillis={}",
        quoted(event.name()),
        event.attempt(),
        event.backOff().toMillis());
  }

  @Override
  public void clockOff(LockEvent.ClockOff event) {
    LOG.warn("event=clockOff lock={} offMillis={}", quoted(event.name()), event.off().toMillis());
  }

  private static String quoted(String text) {
    String plain = text.replace('"', '\'').replaceAll("\\p{Cntrl}", " ");
    return '"' + plain + '"';
  }
}
