package dev.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.RequestFaults;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The shipped classes in random schedules: never two holders at once, tokens rise, answers are true
 * and everybody is served. How to play more of them, and how to play one again, is told in {@code
 * CONTRIBUTING.md}.
 */
@Tag("schedules")
class SchedulesTest {
  private static final long SCHEDULES = Long.getLong("holdfast.schedules", 20_000);
  private static final long FIRST = Long.getLong("holdfast.schedules.seed", 1);
  private static final int THREADS = Integer.getInteger("holdfast.schedules.threads", 2);
  private static final List<Worlds> WORLDS =
      Optional.ofNullable(System.getProperty("holdfast.schedules.world"))
          .map(world -> List.of(Worlds.valueOf(world)))
          .orElse(Worlds.GOOD);
  private static final int NOTICED_WITHIN = 100;

  @Test
  void everyScheduleKeepsThePromises() throws Exception {
    Schedules schedules = new Schedules(WORLDS, FIRST, SCHEDULES);

    schedules.play(THREADS);

    System.out.println(Evidence.of(schedules));
    assertThat(schedules.broken().stream().map(SchedulesTest::told).toList())
        .as(
            () ->
                schedules.broken().stream()
                    .map(Schedule::replay)
                    .collect(Collectors.joining(System.lineSeparator())))
        .isEmpty();
    schedules.tallies().forEach((world, tally) -> tally.assertFloors(world, RequestFaults.SINGLE));
  }

  private static String told(Schedule broken) {
    return System.lineSeparator() + broken + System.lineSeparator() + broken.story();
  }

  @ParameterizedTest
  @EnumSource
  void sameSeed_isTheSameSchedule(Worlds kind) {
    Schedule schedule = Schedule.of(kind, FIRST);

    assertThat(schedule.everything()).isEqualTo(schedule.everything()).contains("hears: applied");
  }

  @Test
  void sameSeed_inAnotherProcess_isTheSameSchedule() {
    Schedule schedule = Schedule.of(Worlds.SYNCHRONIZED, FIRST);

    assertThat(Replay.inAnotherProcess(schedule)).isEqualTo(Replay.digest(schedule));
  }

  /** Prints what everybody did in the schedule of one world and seed. */
  @Test
  void oneSchedule_isTold() {
    BadRule rule = BadRule.valueOf(System.getProperty("holdfast.schedules.rule", "NONE"));

    String story = new Schedule(WORLDS.get(0), FIRST, rule).story();

    System.out.println(story);
    assertThat(story).contains("hears: applied").endsWith("nothing is broken");
  }

  @Test
  void aBrokenSchedule_isToldLineByLine_withTheCommandThatReplaysIt() {
    Schedule broken = new Schedule(Worlds.SYNCHRONIZED, 1, BadRule.TAKES_OVER_WITHOUT_MARGIN);

    assertThat(told(broken))
        .contains(
            "order-42", "hears: refused by", "AssertionError: replaced, and still believed in");
    assertThat(broken.replay())
        .startsWith("mvn -pl lock-testkit -am test -Dtest=SchedulesTest#oneSchedule_isTold")
        .contains("-Dholdfast.schedules.world=SYNCHRONIZED -Dholdfast.schedules.seed=1")
        .endsWith("-Dholdfast.schedules.rule=TAKES_OVER_WITHOUT_MARGIN");
  }

  /** What this simulation would say if a promise were broken: it must notice. */
  @ParameterizedTest
  @CsvSource({
    "CLOCKS_BEYOND_THE_BOUND, two holders at once",
    "MARKERS_DELETED_EARLY, tokens must rise"
  })
  void aWorldThatTheLockDoesNotSurvive_isNoticed(Worlds kind, String what) {
    boolean noticed =
        IntStream.rangeClosed(1, NOTICED_WITHIN)
            .mapToObj(seed -> Schedule.of(kind, seed).broken(new Tally()))
            .flatMap(Optional::stream)
            .anyMatch(broken -> broken.contains(what));

    assertThat(noticed).isTrue();
  }
}
