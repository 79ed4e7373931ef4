package dev.holdfast.testkit.listener;

import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it was told; may throw as soon as it has. Safe for use by several threads. */
final class Recorded implements LockListener {
  private final List<LockEvent> events = new ArrayList<>();
  private final Runnable afterwards;

  private Recorded(Runnable afterwards) {
    this.afterwards = afterwards;
  }

  static Recorded quietly() {
    return new Recorded(() -> {});
  }

  static Recorded thenThrowing() {
    return new Recorded(
        () -> {
          throw new IllegalStateException("thrown by the listener");
        });
  }

  synchronized List<LockEvent> events() {
    return List.copyOf(events);
  }

  /** What was told since the last time. */
  synchronized List<LockEvent> taken() {
    List<LockEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  private synchronized void keep(LockEvent event) {
    events.add(event);
    afterwards.run();
  }

  @Override
  public void acquired(LockEvent.Acquired event) {
    keep(event);
  }

  @Override
  public void takenOver(LockEvent.TakenOver event) {
    keep(event);
  }

  @Override
  public void refused(LockEvent.Refused event) {
    keep(event);
  }

  @Override
  public void renewed(LockEvent.Renewed event) {
    keep(event);
  }

  @Override
  public void released(LockEvent.Released event) {
    keep(event);
  }

  @Override
  public void releasedLate(LockEvent.ReleasedLate event) {
    keep(event);
  }

  @Override
  public void lost(LockEvent.Lost event) {
    keep(event);
  }

  @Override
  public void throttled(LockEvent.Throttled event) {
    keep(event);
  }

  @Override
  public void clockOff(LockEvent.ClockOff event) {
    keep(event);
  }
}
