package dev.holdfast.verification.waitqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.verification.support.EvidenceTable;
import dev.holdfast.verification.support.ScheduleRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs random schedules of threads that wait for locks, over a network that loses and delays
 * requests and returns errors. Each lock has one holder, only the head of each queue sends
 * requests, waiters are served in order, and no attempt is missed. {@code CONTRIBUTING.md} has the
 * commands for more schedules and for a replay.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitQueuesUnderFaultsTest {
  private static final long SCHEDULES = Long.getLong("holdfast.waitqueue.schedules", 200);
  private static final long FIRST_SEED = Long.getLong("holdfast.waitqueue.seed", 1);
  private static final Duration MAX_DURATION =
      Duration.ofSeconds(Long.getLong("holdfast.waitqueue.seconds", 8));
  private static final int THREADS = Integer.getInteger("holdfast.waitqueue.threads", 2);
  private static final int MIN_SCHEDULES = 200;
  private static final int MAX_SCHEDULES_PER_MUTANT = 200;

  private final List<String> mutantRows = new ArrayList<>();

  /** Runs as many schedules as a slow machine has time for, and prints their number. */
  @Test
  void randomSchedules_underFaults_keepAllInvariants() throws Exception {
    EventStatistics statistics = new EventStatistics();
    ScheduleRunner<Schedule> runner =
        new ScheduleRunner<>(
            index -> Schedule.create(FIRST_SEED + index),
            schedule -> schedule.findViolation(statistics).isPresent());
    TimeSource time = TimeSource.system();
    long endNanos = time.monotonicNanos() + MAX_DURATION.toNanos();

    runner.run(
        THREADS,
        index ->
            index < SCHEDULES && (index < MIN_SCHEDULES || time.monotonicNanos() - endNanos < 0));

    System.out.println(statistics.toMarkdownTable());
    runner.assertNoViolation();
    statistics.assertMinimums();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void schedule_replayedFromSameSeed_isIdentical(int offset) {
    Schedule schedule = Schedule.create(FIRST_SEED + offset);

    assertThat(schedule.fullTrace()).isEqualTo(schedule.fullTrace()).contains("enters the queue");
  }

  /** Prints the steps of each thread in the schedule of one seed. */
  @Test
  void schedule_ofOneSeed_isPrinted() {
    String trace = Schedule.create(FIRST_SEED).traceTail();

    System.out.println(trace);
    assertThat(trace).contains("receives: applied").endsWith("no violation");
  }

  /** Tests that the same schedules detect each mutant of the wait queue. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void mutant_isDetected(WaitQueueMutant mutant) {
    Optional<String> violation = Optional.empty();
    int seed = 0;
    while (violation.isEmpty() && seed < MAX_SCHEDULES_PER_MUTANT) {
      seed++;
      violation = new Schedule(seed, mutant).findViolation();
    }

    assertThat(violation)
        .as("%s in %d schedules", mutant, seed)
        .hasValueSatisfying(
            description -> assertThat(description).startsWith(AssertionError.class.getName()));
    String description =
        violation.orElseThrow().replaceFirst("^.*?AssertionError: (.*?)( at host|:).*", "$1");
    mutantRows.add(String.format(Locale.ROOT, "| `%s` | %d | %s |", mutant, seed, description));
  }

  @AfterAll
  void printDetectedMutants() {
    System.out.println(
        EvidenceTable.format(
            "wait-queue-mutants", "| mutant | schedules | violation |", mutantRows.stream()));
  }
}
