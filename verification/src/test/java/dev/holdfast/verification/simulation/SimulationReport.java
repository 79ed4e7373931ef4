package dev.holdfast.verification.simulation;

import dev.holdfast.testkit.Fault;
import dev.holdfast.verification.support.EventCounter;
import dev.holdfast.verification.support.EvidenceTable;
import dev.holdfast.verification.support.RandomFaults;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Formats the results of a simulation as blocks of {@code docs/evidence.md}. */
final class SimulationReport {
  private static final List<Event> ACQUIRED_EVENTS =
      List.of(
          Event.ACQUIRED,
          Event.ACQUIRED_AFTER_WAIT,
          Event.RESUMED,
          Event.PERMIT_ACQUIRED,
          Event.MULTI_LOCK_ACQUIRED,
          Event.MULTI_LOCK_MEMBER_ACQUIRED,
          Event.WORK_COMPLETED,
          Event.CRASHED_DURING_WORK);

  private SimulationReport() {}

  static String format(WorldStatistics statistics) {
    EventStatistics total = statistics.total();
    Stream<String> worlds =
        statistics.byWorld().entrySet().stream().map(e -> worldRow(e.getKey(), e.getValue()));
    Stream<String> events =
        Arrays.stream(Event.values())
            .map(event -> EventCounter.row("`" + event + "`", total.countOf(event)));
    Stream<String> faults =
        Arrays.stream(Fault.values())
            .filter(Predicate.isEqual(Fault.NONE).or(RandomFaults.SINGLE_REQUEST::contains))
            .map(fault -> EventCounter.row("`" + fault + "`", total.countOf(fault)));
    return String.join(
        System.lineSeparator(),
        EvidenceTable.format(
            "worlds",
            "| world | clocks | schedules | writes to the table | locks acquired |",
            Stream.concat(worlds, Stream.of(row("total", "", total)))),
        EvidenceTable.format("events", "| event | times |", events),
        EvidenceTable.format("faults", "| fault | times |", faults));
  }

  private static String worldRow(WorldKind world, EventStatistics statistics) {
    return row("`" + world + "`", world.clocks(), statistics);
  }

  private static String row(String name, String clocks, EventStatistics statistics) {
    long acquired = ACQUIRED_EVENTS.stream().mapToLong(statistics::countOf).sum();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %,d |",
        name,
        clocks,
        statistics.schedules(),
        statistics.writes(),
        acquired);
  }
}
