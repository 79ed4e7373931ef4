package dev.holdfast.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.verification.support.Trace;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What all schedules together met, so that a test can tell that they met everything. */
final class EventStatistics {
  private final TimedTrace timedTrace;
  private int schedules;
  private int writes;
  private final Map<Event, Integer> events = new EnumMap<>(Event.class);
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

  EventStatistics(TimedTrace timedTrace) {
    this.timedTrace = timedTrace;
  }

  /** What many schedules sum up to. */
  EventStatistics() {
    this(new TimedTrace(Trace.disabled(), ManualClock.at(Instant.EPOCH)));
  }

  TimedTrace timedTrace() {
    return timedTrace;
  }

  void count(Event event) {
    timedTrace.log(() -> "= " + event);
    events.merge(event, 1, Integer::sum);
  }

  void add(FaultInjector injector) {
    for (Fault fault : Fault.values()) {
      faults.merge(fault, injector.injectedCount(fault), Integer::sum);
    }
  }

  void addWrites(int count) {
    writes += count;
  }

  /** Adds one schedule. */
  synchronized void add(EventStatistics statistics) {
    schedules++;
    merge(statistics);
  }

  /** Adds many that are over. */
  void addAll(EventStatistics total) {
    schedules += total.schedules;
    merge(total);
  }

  private void merge(EventStatistics other) {
    writes += other.writes;
    other.events.forEach((event, count) -> events.merge(event, count, Integer::sum));
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
  }

  int schedules() {
    return schedules;
  }

  void assertMinimums(WorldKind world, Iterable<Fault> injected) {
    for (Event event : Event.values()) {
      assertThat(countOf(event))
          .as("%s in %d schedules of %s, %s", event, schedules, world, this)
          .isGreaterThanOrEqualTo(event.minimum(world, schedules));
    }
    for (Fault fault : injected) {
      assertThat(countOf(fault))
          .as("%s in %d schedules of %s, %s", fault, schedules, world, this)
          .isGreaterThanOrEqualTo(schedules / 4);
    }
  }

  int writes() {
    return writes;
  }

  int countOf(Event event) {
    return events.getOrDefault(event, 0);
  }

  int countOf(Fault fault) {
    return faults.getOrDefault(fault, 0);
  }

  @Override
  public String toString() {
    return schedules + " schedules, " + writes + " writes, " + events + ", requests " + faults;
  }
}
