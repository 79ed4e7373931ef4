package dev.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.Faults;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.Story;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What all schedules together met, so that a test can tell that they met everything. */
final class Tally {
  private final Telling telling;
  private int schedules;
  private int writes;
  private final Map<Event, Integer> events = new EnumMap<>(Event.class);
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

  Tally(Telling telling) {
    this.telling = telling;
  }

  /** What many schedules sum up to. */
  Tally() {
    this(new Telling(Story.untold(), ManualTime.at(Instant.EPOCH)));
  }

  Telling telling() {
    return telling;
  }

  void count(Event event) {
    telling.tell(() -> "= " + event);
    events.merge(event, 1, Integer::sum);
  }

  void add(Faults script) {
    for (Fault fault : Fault.values()) {
      faults.merge(fault, script.injected(fault), Integer::sum);
    }
  }

  void addWrites(int more) {
    writes += more;
  }

  /** Adds one schedule. */
  synchronized void add(Tally one) {
    schedules++;
    merge(one);
  }

  /** Adds many that are over. */
  void addAll(Tally many) {
    schedules += many.schedules;
    merge(many);
  }

  private void merge(Tally other) {
    writes += other.writes;
    other.events.forEach((event, count) -> events.merge(event, count, Integer::sum));
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
  }

  int schedules() {
    return schedules;
  }

  void assertFloors(Worlds world, Iterable<Fault> injected) {
    for (Event event : Event.values()) {
      assertThat(times(event))
          .as("%s in %d schedules of %s, %s", event, schedules, world, this)
          .isGreaterThanOrEqualTo(event.floor(world, schedules));
    }
    for (Fault fault : injected) {
      assertThat(times(fault))
          .as("%s in %d schedules of %s, %s", fault, schedules, world, this)
          .isGreaterThanOrEqualTo(schedules / 4);
    }
  }

  int writes() {
    return writes;
  }

  int times(Event event) {
    return events.getOrDefault(event, 0);
  }

  int times(Fault fault) {
    return faults.getOrDefault(fault, 0);
  }

  @Override
  public String toString() {
    return schedules + " schedules, " + writes + " writes, " + events + ", requests " + faults;
  }
}
