package dev.holdfast.testkit.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.Block;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.Faults;
import dev.holdfast.testkit.RequestFaults;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one or many schedules met, so that a test can tell that they met everything. */
final class Tally {
  private int schedules;
  private int threads;
  private int holds;
  private int writes;
  private final Map<Event, Integer> events = new EnumMap<>(Event.class);
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

  synchronized void count(Event event) {
    events.merge(event, 1, Integer::sum);
  }

  synchronized void countHold() {
    holds++;
  }

  synchronized void add(Faults script) {
    for (Fault fault : Fault.values()) {
      int times = script.injected(fault);
      faults.merge(fault, times, Integer::sum);
      writes += times;
    }
  }

  /** Adds one schedule that is over. */
  synchronized void add(Tally one, int threadsOfIt) {
    schedules++;
    threads += threadsOfIt;
    holds += one.holds;
    writes += one.writes;
    one.events.forEach((event, count) -> events.merge(event, count, Integer::sum));
    one.faults.forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
  }

  synchronized int schedules() {
    return schedules;
  }

  synchronized void assertFloors() {
    for (Event event : Event.values()) {
      assertThat(events.getOrDefault(event, 0))
          .as("%s in %d schedules: %s", event, schedules, events)
          .isGreaterThanOrEqualTo(event.floor(schedules));
    }
    for (Fault fault : RequestFaults.SINGLE) {
      assertThat(faults.getOrDefault(fault, 0))
          .as("%s in %d schedules: %s", fault, schedules, faults)
          .isGreaterThanOrEqualTo(schedules / 4);
    }
  }

  /** The table of {@code docs/evidence.md}. */
  synchronized String table() {
    List<String> rows = new ArrayList<>();
    rows.add(row("schedules", schedules));
    rows.add(row("threads", threads));
    rows.add(row("holds", holds));
    rows.add(row("requests", writes));
    for (Event event : Event.values()) {
      rows.add(row("`" + event + "`", events.getOrDefault(event, 0)));
    }
    for (Fault fault : RequestFaults.SINGLE) {
      rows.add(row("request: `" + fault + "`", faults.getOrDefault(fault, 0)));
    }
    return Block.of("lines", "| what happened | times |", rows.stream());
  }

  private static String row(String what, int times) {
    return String.format(Locale.ROOT, "| %s | %,d |", what, times);
  }
}
