package dev.holdfast.testkit.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads that stand in line for locks while requests get lost, held up and answered wrongly: one
 * believes in a lock at a time, one asks, each has its turn, and nobody sleeps through it. How to
 * play more schedules, and how to play one again, is told in {@code CONTRIBUTING.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinesUnderFaultsTest {
  private static final long SCHEDULES = Long.getLong("holdfast.lines.schedules", 1_000);
  private static final long FIRST = Long.getLong("holdfast.lines.seed", 1);
  private static final Duration TIME =
      Duration.ofSeconds(Long.getLong("holdfast.lines.seconds", 8));
  private static final int PLAYERS = Integer.getInteger("holdfast.lines.players", 2);
  private static final int SCHEDULES_MIN = 200;
  private static final int FOUND_WITHIN = 200;

  private final List<String> found = new ArrayList<>();

  /** On a slow machine as many as there is time for: how many it were is printed. */
  @Test
  void everyScheduleKeepsThePromises() throws Exception {
    Schedules schedules = new Schedules(FIRST, SCHEDULES);

    schedules.play(PLAYERS, TIME, SCHEDULES_MIN);

    System.out.println(schedules.tally().table());
    assertThat(schedules.broken().stream().map(LinesUnderFaultsTest::told).toList())
        .as(
            () ->
                schedules.broken().stream()
                    .map(Schedule::replay)
                    .collect(Collectors.joining(System.lineSeparator())))
        .isEmpty();
    schedules.tally().assertFloors();
  }

  private static String told(Schedule broken) {
    return System.lineSeparator() + broken + System.lineSeparator() + broken.story();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void sameSeed_isTheSameSchedule(int next) {
    Schedule schedule = Schedule.of(FIRST + next);

    assertThat(schedule.everything()).isEqualTo(schedule.everything()).contains("stands in line");
  }

  /** Prints what each thread did in the schedule of one seed. */
  @Test
  void oneSchedule_isTold() {
    String story = Schedule.of(FIRST).story();

    System.out.println(story);
    assertThat(story).contains("hears: applied").endsWith("nothing is broken");
  }

  /** The same schedules by a line that is wrong in one place. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void badLine_isFoundOut(BadLine rule) {
    Optional<String> broken = Optional.empty();
    int seed = 0;
    while (broken.isEmpty() && seed < FOUND_WITHIN) {
      seed++;
      broken = new Schedule(seed, rule).broken(new Tally());
    }

    assertThat(broken)
        .as("%s in %d schedules", rule, seed)
        .hasValueSatisfying(what -> assertThat(what).startsWith(AssertionError.class.getName()));
    String what =
        broken.orElseThrow().replaceFirst("^.*?AssertionError: (.*?)( at host|:).*", "$1");
    found.add(String.format(Locale.ROOT, "| `%s` | %d | %s |", rule, seed, what));
  }

  @AfterAll
  void printWhatWasFound() {
    System.out.println(
        Block.of("waiting", "| rule | schedules | what the simulation says |", found.stream()));
  }
}
