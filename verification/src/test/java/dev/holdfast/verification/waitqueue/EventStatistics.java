package dev.holdfast.verification.waitqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.verification.support.EvidenceTable;
import dev.holdfast.verification.support.RandomFaults;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one or many schedules met, so that a test can tell that they met everything. */
final class EventStatistics {
  private int schedules;
  private int threads;
  private int holds;
  private int requests;
  private final Map<Event, Integer> events = new EnumMap<>(Event.class);
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

  synchronized void count(Event event) {
    events.merge(event, 1, Integer::sum);
  }

  synchronized void countHold() {
    holds++;
  }

  synchronized void add(FaultInjector faultScript) {
    for (Fault fault : Fault.values()) {
      int times = faultScript.injectedCount(fault);
      faults.merge(fault, times, Integer::sum);
      requests += times;
    }
  }

  /** Adds one schedule that is over. */
  synchronized void add(EventStatistics other, int threadCount) {
    schedules++;
    threads += threadCount;
    holds += other.holds;
    requests += other.requests;
    other.events.forEach((event, count) -> events.merge(event, count, Integer::sum));
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
  }

  synchronized int schedules() {
    return schedules;
  }

  synchronized void assertMinimums() {
    for (Event event : Event.values()) {
      assertThat(events.getOrDefault(event, 0))
          .as("%s in %d schedules: %s", event, schedules, events)
          .isGreaterThanOrEqualTo(event.minimum(schedules));
    }
    for (Fault fault : RandomFaults.SINGLE_REQUEST) {
      assertThat(faults.getOrDefault(fault, 0))
          .as("%s in %d schedules: %s", fault, schedules, faults)
          .isGreaterThanOrEqualTo(schedules / 4);
    }
  }

  /** The table of {@code docs/evidence.md}. */
  synchronized String toMarkdownTable() {
    List<String> rows = new ArrayList<>();
    rows.add(row("schedules", schedules));
    rows.add(row("threads", threads));
    rows.add(row("holds", holds));
    rows.add(row("requests", requests));
    for (Event event : Event.values()) {
      rows.add(row("`" + event + "`", events.getOrDefault(event, 0)));
    }
    for (Fault fault : RandomFaults.SINGLE_REQUEST) {
      rows.add(row("request: `" + fault + "`", faults.getOrDefault(fault, 0)));
    }
    return EvidenceTable.format("lines", "| what happened | times |", rows.stream());
  }

  private static String row(String label, int times) {
    return String.format(Locale.ROOT, "| %s | %,d |", label, times);
  }
}
