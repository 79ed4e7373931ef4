package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What schedules met, as the tables of {@code docs/evidence.md}. */
final class Evidence {
  private static final List<Event> HANDED_OUT =
      List.of(
          Event.GRANTED,
          Event.WAITED,
          Event.REDEEMED,
          Event.PERMIT_GRANTED,
          Event.SET_GRANTED,
          Event.ONE_OF_SET_GRANTED,
          Event.WORKED,
          Event.KILLED_AT_WORK);

  private Evidence() {}

  static String of(Schedules schedules) {
    Tally all = schedules.tally();
    Stream<String> worlds =
        schedules.tallies().entrySet().stream().map(e -> world(e.getKey().name(), e.getValue()));
    Stream<String> events =
        Arrays.stream(Event.values()).map(event -> row(event, all.times(event)));
    Stream<String> faults =
        Arrays.stream(Fault.values())
            .filter(Predicate.isEqual(Fault.NONE).or(Network.FAULTS::contains))
            .map(fault -> row(fault, all.times(fault)));
    return Stream.of(worlds, Stream.of(world("together", all)), events, faults)
        .flatMap(rows -> rows)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String world(String name, Tally tally) {
    int handedOut = HANDED_OUT.stream().mapToInt(tally::times).sum();
    return String.format(
        Locale.ROOT,
        "| `%s` | %,d | %,d | %,d |",
        name,
        tally.schedules(),
        tally.writes(),
        handedOut);
  }

  private static String row(Enum<?> what, int times) {
    return String.format(Locale.ROOT, "| `%s` | %,d |", what, times);
  }
}
