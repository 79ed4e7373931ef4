package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.ManualClock;
import dev.holdfast.verification.support.EventCounter;
import dev.holdfast.verification.support.Trace;
import java.time.Instant;

/** Events, faults and writes of one or many schedules. */
final class EventStatistics extends EventCounter<Event> {
  private final TimedTrace timedTrace;
  private int writes;

  EventStatistics(TimedTrace timedTrace) {
    super(Event.class);
    this.timedTrace = timedTrace;
  }

  /** Creates statistics for the sum of many schedules. */
  EventStatistics() {
    this(new TimedTrace(Trace.disabled(), ManualClock.at(Instant.EPOCH)));
  }

  TimedTrace timedTrace() {
    return timedTrace;
  }

  @Override
  public synchronized void count(Event event) {
    timedTrace.log(() -> "= " + event);
    super.count(event);
  }

  synchronized void addWrites(int count) {
    writes += count;
  }

  /** Adds one schedule that has ended. */
  synchronized void add(EventStatistics schedule) {
    merge(schedule, 1);
    writes += schedule.writes;
  }

  /** Adds the sum of several schedules that have ended. */
  synchronized void addAll(EventStatistics total) {
    merge(total, total.schedules());
    writes += total.writes;
  }

  void assertMinimums(WorldKind world) {
    int schedules = schedules();
    assertMinimums(world.name(), event -> event.minimum(world, schedules));
  }

  synchronized int writes() {
    return writes;
  }
}
