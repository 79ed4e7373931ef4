package dev.holdfast.verification.listener;

import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockListener;
import java.util.ArrayList;
import java.util.List;

/** Listener that records its events, and that can throw after each of them. Thread-safe. */
final class RecordingListener implements LockListener {
  private final List<LockEvent> events = new ArrayList<>();
  private final Runnable afterEvent;

  private RecordingListener(Runnable afterEvent) {
    this.afterEvent = afterEvent;
  }

  static RecordingListener create() {
    return new RecordingListener(() -> {});
  }

  static RecordingListener throwing() {
    return new RecordingListener(
        () -> {
          throw new IllegalStateException("thrown by the listener");
        });
  }

  synchronized List<LockEvent> events() {
    return List.copyOf(events);
  }

  /** Returns the events since the last call. */
  synchronized List<LockEvent> drain() {
    List<LockEvent> drained = List.copyOf(events);
    events.clear();
    return drained;
  }

  private synchronized void add(LockEvent event) {
    events.add(event);
    afterEvent.run();
  }

  @Override
  public void onAcquired(LockEvent.Acquired event) {
    add(event);
  }

  @Override
  public void onTakenOver(LockEvent.TakenOver event) {
    add(event);
  }

  @Override
  public void onNotAcquired(LockEvent.NotAcquired event) {
    add(event);
  }

  @Override
  public void onRenewed(LockEvent.Renewed event) {
    add(event);
  }

  @Override
  public void onReleased(LockEvent.Released event) {
    add(event);
  }

  @Override
  public void onReleasedLate(LockEvent.ReleasedLate event) {
    add(event);
  }

  @Override
  public void onLost(LockEvent.Lost event) {
    add(event);
  }

  @Override
  public void onThrottled(LockEvent.Throttled event) {
    add(event);
  }

  @Override
  public void onClockSkewExceeded(LockEvent.ClockSkewExceeded event) {
    add(event);
  }
}
