package dev.holdfast.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.verification.support.CommitSeed;
import dev.holdfast.verification.support.ScheduleRunner;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs random schedules of the shipped classes. There are never two holders at once, tokens
 * increase, outcomes are correct, and every host acquires the lock in the end. {@code
 * CONTRIBUTING.md} has the commands for more schedules and for a replay.
 */
@Tag("schedules")
class SimulationTest {
  private static final long SCHEDULES = Long.getLong("holdfast.schedules", 2_000);
  private static final long FIRST_SEED = Long.getLong("holdfast.schedules.seed", 1);
  private static final long FRESH_SCHEDULES = Long.getLong("holdfast.schedules.fresh", 1_000);
  private static final long FRESH_SEED =
      Optional.ofNullable(Long.getLong("holdfast.schedules.fresh.seed")).orElseGet(CommitSeed::get);
  private static final int THREADS = Integer.getInteger("holdfast.schedules.threads", 2);
  private static final List<WorldKind> WORLDS =
      Optional.ofNullable(System.getProperty("holdfast.schedules.world"))
          .map(world -> List.of(WorldKind.valueOf(world)))
          .orElse(WorldKind.SUPPORTED);
  private static final int MAX_SCHEDULES_UNTIL_DETECTION = 100;

  @Test
  void everySchedule_keepsInvariants() throws Exception {
    WorldStatistics statistics = new WorldStatistics(WORLDS);
    ScheduleRunner<Schedule> runner =
        new ScheduleRunner<>(
            index -> statistics.schedule(FIRST_SEED, index), statistics::isViolatedBy);

    runner.run(THREADS, index -> index < SCHEDULES);

    System.out.println(SimulationReport.format(statistics));
    runner.assertNoViolation();
    statistics.assertMinimums();
  }

  /** Runs schedules whose seeds differ from commit to commit. */
  @Test
  void schedulesOfThisCommit_keepInvariants() throws Exception {
    System.out.printf(
        "%d schedules from seed %d; run them again with -Dholdfast.schedules.fresh.seed=%d%n",
        FRESH_SCHEDULES, FRESH_SEED, FRESH_SEED);
    WorldStatistics statistics = new WorldStatistics(WORLDS);
    ScheduleRunner<Schedule> runner =
        new ScheduleRunner<>(
            index -> statistics.schedule(FRESH_SEED, index), statistics::isViolatedBy);

    runner.run(THREADS, index -> index < FRESH_SCHEDULES);

    runner.assertNoViolation();
    assertThat(statistics.total().schedules()).isEqualTo((int) FRESH_SCHEDULES);
  }

  @ParameterizedTest
  @EnumSource
  void sameSeed_givesSameSchedule(WorldKind worldKind) {
    Schedule schedule = Schedule.of(worldKind, FIRST_SEED);

    assertThat(schedule.fullTrace()).isEqualTo(schedule.fullTrace()).contains("receives: applied");
  }

  @Test
  void sameSeed_inOtherProcess_givesSameSchedule() {
    Schedule schedule = Schedule.of(WorldKind.SYNCHRONIZED, FIRST_SEED);

    assertThat(ReplayProcess.digestInOtherProcess(schedule))
        .isEqualTo(ReplayProcess.digest(schedule));
  }

  /** Prints the steps of the schedule of one world and seed. */
  @Test
  void singleSchedule_isTraced() {
    Mutant mutant = Mutant.valueOf(System.getProperty("holdfast.schedules.mutant", "NONE"));

    String trace = new Schedule(WORLDS.get(0), FIRST_SEED, mutant).traceTail();

    System.out.println(trace);
    assertThat(trace).contains("receives: applied").endsWith("no violation");
  }

  @Test
  void failedSchedule_isTraced_withReplayCommand() {
    String violation = "AssertionError: row replaced while the lock was held";
    Schedule failed =
        IntStream.rangeClosed(1, MAX_SCHEDULES_UNTIL_DETECTION)
            .mapToObj(
                seed -> new Schedule(WorldKind.SYNCHRONIZED, seed, Mutant.TAKEOVER_WITHOUT_MARGIN))
            .filter(
                schedule -> schedule.findViolation().filter(v -> v.contains(violation)).isPresent())
            .findFirst()
            .orElseThrow();

    assertThat(failed.describe()).contains("order-42", "receives: rejected by", violation);
    assertThat(failed.replayCommand())
        .startsWith("mvn -pl verification -am test -Dtest=SimulationTest#singleSchedule_isTraced")
        .contains(
            "-Dholdfast.schedules.world=SYNCHRONIZED -Dholdfast.schedules.seed=" + failed.seed())
        .endsWith("-Dholdfast.schedules.mutant=TAKEOVER_WITHOUT_MARGIN");
  }

  /** Tests that the simulation detects violations in worlds that the lock does not support. */
  @ParameterizedTest
  @CsvSource({"SKEW_EXCEEDED, two holders at once", "MARKERS_DELETED_EARLY, tokens must increase"})
  void canary_unsupportedWorld_isDetected(WorldKind worldKind, String message) {
    boolean detected =
        IntStream.rangeClosed(1, MAX_SCHEDULES_UNTIL_DETECTION)
            .mapToObj(seed -> Schedule.of(worldKind, seed).findViolation())
            .flatMap(Optional::stream)
            .anyMatch(violation -> violation.contains(message));

    assertThat(detected).isTrue();
  }
}
