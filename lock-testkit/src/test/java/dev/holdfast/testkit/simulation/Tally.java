package dev.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.Faults;
import java.util.EnumMap;
import java.util.Map;

/** What all schedules together met, so that a test can tell that they met everything. */
final class Tally {
  private final Map<Event, Integer> events = new EnumMap<>(Event.class);
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

  void count(Event event) {
    events.merge(event, 1, Integer::sum);
  }

  void add(Faults script) {
    for (Fault fault : Fault.values()) {
      faults.merge(fault, script.injected(fault), Integer::sum);
    }
  }

  void assertFloors(int schedules, Iterable<Fault> injected) {
    for (Event event : Event.values()) {
      assertThat(events.getOrDefault(event, 0))
          .as("%s in %d schedules, %s", event, schedules, this)
          .isGreaterThanOrEqualTo(event.floor(schedules));
    }
    for (Fault fault : injected) {
      assertThat(faults.getOrDefault(fault, 0))
          .as("%s in %d schedules, %s", fault, schedules, this)
          .isGreaterThanOrEqualTo(schedules / 2);
    }
  }

  @Override
  public String toString() {
    return "events " + events + ", requests " + faults;
  }
}
