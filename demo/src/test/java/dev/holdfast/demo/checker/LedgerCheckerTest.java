package dev.holdfast.demo.checker;

import static dev.holdfast.demo.checker.LedgerEntries.at;
import static dev.holdfast.demo.checker.LedgerEntries.end;
import static dev.holdfast.demo.checker.LedgerEntries.history;
import static dev.holdfast.demo.checker.LedgerEntries.rejected;
import static dev.holdfast.demo.checker.LedgerEntries.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.demo.checker.Attempt.Outcome;
import dev.holdfast.demo.workload.WorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks hand-written histories with and without violations. */
final class LedgerCheckerTest {
  private static final WorkItem PAY = workItem("pay");
  private static final WorkItem PACK = workItem("pack");

  @Test
  void check_sequentialAttempts_hasNoViolations() {
    CheckResult result =
        check(
            history(
                start(0, "s1", "a", "pay"),
                end(10, "s1", "a", "pay"),
                start(10, "s2", "b", "pack"),
                end(20, "s2", "b", "pack")));

    assertThat(result.violations()).isEmpty();
    assertThat(result.completed()).containsExactlyInAnyOrder(PAY, PACK);
    assertThat(result.attempts()).extracting(Attempt::outcome).containsOnly(Outcome.COMPLETED);
  }

  @Test
  void check_concurrentAttemptsOnTwoSubjects_hasNoViolations() {
    WorkItem other = new WorkItem("order-18", "pay", "x", Duration.ZERO);
    History second =
        new History("order-18", List.of(start(1, "s2", "b", "pay"), end(9, "s2", "b", "pay")));
    History first = history(start(0, "s1", "a", "pay"), end(10, "s1", "a", "pay"));

    CheckResult result =
        new LedgerChecker(List.of(PAY, other), Map.of(), Map.of()).check(List.of(first, second));

    assertThat(result.violations()).isEmpty();
  }

  @Test
  void check_secondStartsBeforeFirstEnds_isOverlap() {
    CheckResult result =
        check(
            history(
                start(0, "s1", "a", "pay"),
                start(9, "s2", "b", "pack"),
                end(10, "s1", "a", "pay"),
                end(20, "s2", "b", "pack")));

    assertThat(result.violations()).containsExactly("overlaps: 1");
    assertThat(result.overlaps()).extracting(o -> o.second().step()).containsExactly("pack");
  }

  @Test
  void check_clocksContradictTableOrder_tableOrderDecides() {
    CheckResult result =
        check(
            history(
                start(0, "s1", "a", "pay"),
                start(50, "s2", "b", "pack"),
                end(10, "s1", "a", "pay"),
                end(60, "s2", "b", "pack")));

    assertThat(result.overlaps()).hasSize(1);
  }

  @Test
  void check_threeConcurrentAttempts_areThreeOverlaps() {
    WorkItem ship = workItem("ship");
    History history =
        history(
            start(0, "s1", "a", "pay"),
            start(1, "s2", "b", "pack"),
            start(2, "s3", "c", "ship"),
            end(10, "s1", "a", "pay"),
            end(11, "s2", "b", "pack"),
            end(12, "s3", "c", "ship"));

    assertThat(checker(PAY, PACK, ship).check(List.of(history)).overlaps()).hasSize(3);
  }

  @Test
  void check_stepCompletedAgain_isDuplicate() {
    CheckResult result =
        checker(PAY)
            .check(
                List.of(
                    history(
                        start(0, "s1", "a", "pay"),
                        end(10, "s1", "a", "pay"),
                        start(90, "s2", "b", "pay"),
                        end(99, "s2", "b", "pay"))));

    assertThat(result.violations()).containsExactly("steps executed twice: 1");
    assertThat(result.duplicates()).extracting(Attempt::environment).containsExactly("s2");
  }

  @Test
  void check_stepNeverCompleted_isLost() {
    CheckResult result = check(history(start(0, "s1", "a", "pay"), end(10, "s1", "a", "pay")));

    assertThat(result.lost()).containsExactly(PACK);
    assertThat(result.violations()).containsExactly("lost messages: 1");
  }

  @Test
  void check_emptyLedger_allWorkIsLost() {
    assertThat(checker(PAY, PACK).check(List.of()).lost()).containsExactlyInAnyOrder(PAY, PACK);
  }

  @Test
  void check_unexpectedWork_isViolation() {
    CheckResult result =
        checker(PAY)
            .check(
                List.of(
                    history(
                        start(0, "s1", "a", "pay"),
                        end(10, "s1", "a", "pay"),
                        start(20, "s1", "b", "resell"),
                        end(30, "s1", "b", "resell"))));

    assertThat(result.violations()).containsExactly("attempts at unplanned work: 1");
  }

  @Test
  void check_unfinishedAttemptInLiveEnvironment_isViolationAndOverlapsLaterAttempts() {
    CheckResult result =
        check(
            history(
                start(0, "s1", "a", "pay"),
                start(500, "s2", "b", "pack"),
                end(510, "s2", "b", "pack")));

    assertThat(result.violations())
        .containsExactly("overlaps: 1", "lost messages: 1", "attempts without an end: 1");
  }

  @Test
  void check_environmentKilled_attemptEndsAtTermination() {
    Map<String, Instant> terminationTimes = Map.of("s1", at(5));
    CheckResult result =
        new LedgerChecker(List.of(PAY), terminationTimes, Map.of())
            .check(
                List.of(
                    history(
                        start(0, "s1", "a", "pay"),
                        start(500, "s2", "b", "pay"),
                        end(510, "s2", "b", "pay"))));

    assertThat(result.violations()).isEmpty();
    assertThat(result.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(Outcome.CRASHED, Outcome.COMPLETED);
  }

  @Test
  void check_startBeforeOtherEnvironmentIsKilled_isOverlap() {
    Map<String, Instant> terminationTimes = Map.of("s1", at(5));
    CheckResult result =
        new LedgerChecker(List.of(PAY), terminationTimes, Map.of())
            .check(
                List.of(
                    history(
                        start(0, "s1", "a", "pay"),
                        start(4, "s2", "b", "pay"),
                        end(510, "s2", "b", "pay"))));

    assertThat(result.overlaps()).hasSize(1);
  }

  @Test
  void check_lateWriteOfFrozenEnvironmentRejected_isNoOverlap() {
    CheckResult result = checkWithFreeze(rejected(700, "s1", "a", "pay"));

    assertThat(result.overlaps()).isEmpty();
    assertThat(result.rejectedLateWrites()).extracting(Attempt::environment).containsExactly("s1");
    assertThat(result.violations()).isEmpty();
  }

  @Test
  void check_lateWriteOfFrozenEnvironmentAccepted_isOverlapAndDuplicate() {
    CheckResult result = checkWithFreeze(end(700, "s1", "a", "pay"));

    assertThat(result.rejectedLateWrites()).isEmpty();
    assertThat(result.violations()).containsExactly("steps executed twice: 1", "overlaps: 1");
  }

  @Test
  void check_startBeforeOtherEnvironmentIsFrozen_isOverlap() {
    Map<String, Instant> freezeTimes = Map.of("s1", at(5));
    CheckResult result =
        new LedgerChecker(List.of(PAY), Map.of(), freezeTimes)
            .check(
                List.of(
                    history(
                        start(0, "s1", "a", "pay"),
                        start(4, "s2", "b", "pay"),
                        end(600, "s2", "b", "pay"),
                        rejected(700, "s1", "a", "pay"))));

    assertThat(result.overlaps()).hasSize(1);
  }

  @Test
  void check_rejectedEndWithoutFreeze_isOverlap() {
    CheckResult result =
        checker(PAY)
            .check(
                List.of(
                    history(
                        start(0, "s1", "a", "pay"),
                        start(4, "s2", "b", "pay"),
                        end(600, "s2", "b", "pay"),
                        rejected(700, "s1", "a", "pay"))));

    assertThat(result.violations()).containsExactly("overlaps: 1");
    assertThat(result.rejectedLateWrites()).isEmpty();
  }

  @Test
  void check_rejectedStart_isNoAttempt() {
    CheckResult result =
        checker(PAY)
            .check(
                List.of(
                    history(
                        start(0, "s1", "a", "pay"),
                        rejected(5, "s2", "b", "pay"),
                        end(10, "s1", "a", "pay"))));

    assertThat(result.violations()).isEmpty();
    assertThat(result.attempts()).hasSize(1);
  }

  /** Checks a history in which s1 is frozen at 5 ms and s2 takes over its step at 500 ms. */
  private static CheckResult checkWithFreeze(LedgerEntry lateEntry) {
    History history =
        history(
            start(0, "s1", "a", "pay"),
            start(500, "s2", "b", "pay"),
            end(600, "s2", "b", "pay"),
            lateEntry);
    return new LedgerChecker(List.of(PAY), Map.of(), Map.of("s1", at(5))).check(List.of(history));
  }

  private static CheckResult check(History history) {
    return checker(PAY, PACK).check(List.of(history));
  }

  private static LedgerChecker checker(WorkItem... expectedWork) {
    return new LedgerChecker(List.of(expectedWork), Map.of(), Map.of());
  }

  private static WorkItem workItem(String step) {
    return new WorkItem(LedgerEntries.SUBJECT, step, "id-" + step, Duration.ZERO);
  }
}
