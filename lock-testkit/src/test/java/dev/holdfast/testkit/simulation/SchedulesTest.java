package dev.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The shipped classes in random schedules: never two holders at once, tokens rise, answers are true
 * and everybody is served. {@code -Dholdfast.schedules=100000} makes it longer, {@code
 * -Dholdfast.schedules.seed=…} begins with the schedule of another seed.
 */
class SchedulesTest {
  private static final int SCHEDULES = Integer.getInteger("holdfast.schedules", 250);
  private static final long FIRST = Long.getLong("holdfast.schedules.seed", 1);
  private static final int STEPS = 60;

  @ParameterizedTest
  @EnumSource(names = {"SYNCHRONIZED", "UNSYNCHRONIZED", "MIXED"})
  void everyScheduleKeepsThePromises(Worlds kind) {
    Tally tally = new Tally();

    List<String> broken = broken(kind, tally);

    assertThat(broken).as("schedules by seed").isEmpty();
    System.out.printf("%d schedules, %s, from seed %d: %s%n", SCHEDULES, kind, FIRST, tally);
    tally.assertFloors(SCHEDULES, Network.FAULTS);
  }

  /** What this simulation would say if a promise were broken: it must notice. */
  @ParameterizedTest
  @CsvSource({
    "CLOCKS_BEYOND_THE_BOUND, two holders at once",
    "MARKERS_DELETED_EARLY, tokens must rise"
  })
  void aWorldThatTheLockDoesNotSurvive_isNoticed(Worlds kind, String what) {
    assertThat(broken(kind, new Tally())).anyMatch(schedule -> schedule.contains(what));
  }

  private static List<String> broken(Worlds kind, Tally tally) {
    List<String> broken = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
      try {
        new World(kind, seed, tally).run(STEPS);
      } catch (RuntimeException | AssertionError e) {
        StackTraceElement where = e.getStackTrace()[0];
        broken.add("seed " + seed + " in " + kind + ": " + e + " at " + where);
      }
    }
    return broken;
  }
}
