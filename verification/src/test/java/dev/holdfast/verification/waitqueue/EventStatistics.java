package dev.holdfast.verification.waitqueue;

import dev.holdfast.testkit.Fault;
import dev.holdfast.verification.support.EventCounter;
import dev.holdfast.verification.support.EvidenceTable;
import dev.holdfast.verification.support.RandomFaults;
import java.util.ArrayList;
import java.util.List;

/** Events, faults, threads and holds of one or many schedules. */
final class EventStatistics extends EventCounter<Event> {
  private int threads;
  private int holds;

  EventStatistics() {
    super(Event.class);
  }

  synchronized void countHold() {
    holds++;
  }

  /** Adds one schedule that has ended. */
  synchronized void add(EventStatistics schedule, int threadCount) {
    merge(schedule, 1);
    threads += threadCount;
    holds += schedule.holds;
  }

  void assertMinimums() {
    int schedules = schedules();
    assertMinimums("wait queues", event -> event.minimum(schedules));
  }

  /** Returns the table of {@code docs/evidence.md}. */
  synchronized String toMarkdownTable() {
    List<String> rows = new ArrayList<>();
    rows.add(row("schedules", schedules()));
    rows.add(row("threads", threads));
    rows.add(row("holds", holds));
    rows.add(row("requests", requests()));
    for (Event event : Event.values()) {
      rows.add(row("`" + event + "`", countOf(event)));
    }
    for (Fault fault : RandomFaults.SINGLE_REQUEST) {
      rows.add(row("request: `" + fault + "`", countOf(fault)));
    }
    return EvidenceTable.format("wait-queues", "| event | times |", rows.stream());
  }
}
