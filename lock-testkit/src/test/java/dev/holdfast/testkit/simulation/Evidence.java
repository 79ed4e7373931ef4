package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.Block;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.RequestFaults;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What schedules met, as the blocks of {@code docs/evidence.md} that tools produce. */
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
        schedules.tallies().entrySet().stream().map(e -> world(e.getKey(), e.getValue()));
    Stream<String> events =
        Arrays.stream(Event.values()).map(event -> row(event, all.times(event)));
    Stream<String> faults =
        Arrays.stream(Fault.values())
            .filter(Predicate.isEqual(Fault.NONE).or(RequestFaults.SINGLE::contains))
            .map(fault -> row(fault, all.times(fault)));
    return String.join(
        System.lineSeparator(),
        Block.of(
            "worlds",
            "| world | clocks | schedules | writes at the table | locks handed out |",
            Stream.concat(worlds, Stream.of(row("together", "", all)))),
        Block.of("events", "| event | times |", events),
        Block.of("faults", "| fault | times |", faults));
  }

  private static String world(Worlds world, Tally tally) {
    return row("`" + world + "`", world.clocks(), tally);
  }

  private static String row(String name, String clocks, Tally tally) {
    long handedOut = HANDED_OUT.stream().mapToLong(tally::times).sum();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %,d |",
        name,
        clocks,
        tally.schedules(),
        tally.writes(),
        handedOut);
  }

  private static String row(Enum<?> what, long times) {
    return String.format(Locale.ROOT, "| `%s` | %,d |", what, times);
  }
}
