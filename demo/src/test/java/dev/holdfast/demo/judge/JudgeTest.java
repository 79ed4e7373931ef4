package dev.holdfast.demo.judge;

import static dev.holdfast.demo.judge.Line.at;
import static dev.holdfast.demo.judge.Line.begin;
import static dev.holdfast.demo.judge.Line.end;
import static dev.holdfast.demo.judge.Line.history;
import static dev.holdfast.demo.judge.Line.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.demo.judge.Attempt.Outcome;
import dev.holdfast.demo.plan.PlannedWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories written by hand: which are fine, and which are not and why. */
final class JudgeTest {
  private static final PlannedWork PAY = work("pay");
  private static final PlannedWork PACK = work("pack");

  @Test
  void oneAfterTheOther_isFine() {
    Verdict verdict =
        verdict(
            history(
                begin(0, "s1", "a", "pay"),
                end(10, "s1", "a", "pay"),
                begin(10, "s2", "b", "pack"),
                end(20, "s2", "b", "pack")));

    assertThat(verdict.faults()).isEmpty();
    assertThat(verdict.done()).containsExactlyInAnyOrder(PAY, PACK);
    assertThat(verdict.attempts()).extracting(Attempt::outcome).containsOnly(Outcome.DONE);
  }

  @Test
  void twoOrdersAtOnce_areFine() {
    PlannedWork other = new PlannedWork("order-18", "pay", "x", Duration.ZERO);
    History second =
        new History("order-18", List.of(begin(1, "s2", "b", "pay"), end(9, "s2", "b", "pay")));
    History first = history(begin(0, "s1", "a", "pay"), end(10, "s1", "a", "pay"));

    Verdict verdict =
        new Judge(List.of(PAY, other), Map.of(), Map.of()).verdict(List.of(first, second));

    assertThat(verdict.faults()).isEmpty();
  }

  @Test
  void secondBegunBeforeTheFirstEnded_isAnOverlap() {
    Verdict verdict =
        verdict(
            history(
                begin(0, "s1", "a", "pay"),
                begin(9, "s2", "b", "pack"),
                end(10, "s1", "a", "pay"),
                end(20, "s2", "b", "pack")));

    assertThat(verdict.faults()).containsExactly("overlaps: 1");
    assertThat(verdict.overlaps()).extracting(o -> o.second().step()).containsExactly("pack");
  }

  @Test
  void overlapIsToldByTheTablesOrder_evenWhereClocksSayOtherwise() {
    Verdict verdict =
        verdict(
            history(
                begin(0, "s1", "a", "pay"),
                begin(50, "s2", "b", "pack"),
                end(10, "s1", "a", "pay"),
                end(60, "s2", "b", "pack")));

    assertThat(verdict.overlaps()).hasSize(1);
  }

  @Test
  void threeAtOnce_areThreeOverlaps() {
    PlannedWork ship = work("ship");
    History history =
        history(
            begin(0, "s1", "a", "pay"),
            begin(1, "s2", "b", "pack"),
            begin(2, "s3", "c", "ship"),
            end(10, "s1", "a", "pay"),
            end(11, "s2", "b", "pack"),
            end(12, "s3", "c", "ship"));

    assertThat(judge(PAY, PACK, ship).verdict(List.of(history)).overlaps()).hasSize(3);
  }

  @Test
  void sameStepDoneAgainLater_isDoneTwice() {
    Verdict verdict =
        judge(PAY)
            .verdict(
                List.of(
                    history(
                        begin(0, "s1", "a", "pay"),
                        end(10, "s1", "a", "pay"),
                        begin(90, "s2", "b", "pay"),
                        end(99, "s2", "b", "pay"))));

    assertThat(verdict.faults()).containsExactly("steps done twice: 1");
    assertThat(verdict.doneAgain()).extracting(Attempt::sandbox).containsExactly("s2");
  }

  @Test
  void stepThatWasNeverDone_isLost() {
    Verdict verdict = verdict(history(begin(0, "s1", "a", "pay"), end(10, "s1", "a", "pay")));

    assertThat(verdict.lost()).containsExactly(PACK);
    assertThat(verdict.faults()).containsExactly("messages lost: 1");
  }

  @Test
  void emptyLedger_losesEverything() {
    assertThat(judge(PAY, PACK).verdict(List.of()).lost()).containsExactlyInAnyOrder(PAY, PACK);
  }

  @Test
  void workThatNobodyAskedFor_isAFault() {
    Verdict verdict =
        judge(PAY)
            .verdict(
                List.of(
                    history(
                        begin(0, "s1", "a", "pay"),
                        end(10, "s1", "a", "pay"),
                        begin(20, "s1", "b", "resell"),
                        end(30, "s1", "b", "resell"))));

    assertThat(verdict.faults()).containsExactly("attempts at work that nobody asked for: 1");
  }

  @Test
  void attemptWithoutEndInALivingSandbox_isAFaultAndOverlapsAllThatFollows() {
    Verdict verdict =
        verdict(
            history(
                begin(0, "s1", "a", "pay"),
                begin(500, "s2", "b", "pack"),
                end(510, "s2", "b", "pack")));

    assertThat(verdict.faults())
        .containsExactly("overlaps: 1", "messages lost: 1", "attempts without an end: 1");
  }

  @Test
  void killedSandbox_endsItsWorkWhereItDied() {
    Map<String, Instant> ends = Map.of("s1", at(5));
    Verdict verdict =
        new Judge(List.of(PAY), ends, Map.of())
            .verdict(
                List.of(
                    history(
                        begin(0, "s1", "a", "pay"),
                        begin(500, "s2", "b", "pay"),
                        end(510, "s2", "b", "pay"))));

    assertThat(verdict.faults()).isEmpty();
    assertThat(verdict.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(Outcome.DIED, Outcome.DONE);
  }

  @Test
  void workBegunBesideASandboxThatIsKilledLater_isAnOverlap() {
    Map<String, Instant> ends = Map.of("s1", at(5));
    Verdict verdict =
        new Judge(List.of(PAY), ends, Map.of())
            .verdict(
                List.of(
                    history(
                        begin(0, "s1", "a", "pay"),
                        begin(4, "s2", "b", "pay"),
                        end(510, "s2", "b", "pay"))));

    assertThat(verdict.overlaps()).hasSize(1);
  }

  @Test
  void frozenSandboxsLateWrite_refused_isToldApart() {
    Verdict verdict = frozen(refused(700, "s1", "a", "pay"));

    assertThat(verdict.overlaps()).isEmpty();
    assertThat(verdict.lateWritesRefused()).extracting(Attempt::sandbox).containsExactly("s1");
    assertThat(verdict.faults()).isEmpty();
  }

  @Test
  void frozenSandboxsLateWrite_accepted_isAnOverlapAndDoneTwice() {
    Verdict verdict = frozen(end(700, "s1", "a", "pay"));

    assertThat(verdict.lateWritesRefused()).isEmpty();
    assertThat(verdict.faults()).containsExactly("steps done twice: 1", "overlaps: 1");
  }

  @Test
  void workBegunBesideASandboxThatIsFrozenLater_isAnOverlap() {
    Map<String, Instant> frozen = Map.of("s1", at(5));
    Verdict verdict =
        new Judge(List.of(PAY), Map.of(), frozen)
            .verdict(
                List.of(
                    history(
                        begin(0, "s1", "a", "pay"),
                        begin(4, "s2", "b", "pay"),
                        end(600, "s2", "b", "pay"),
                        refused(700, "s1", "a", "pay"))));

    assertThat(verdict.overlaps()).hasSize(1);
  }

  @Test
  void refusedEndOfASandboxThatWasNotFrozen_isAnOverlap() {
    Verdict verdict =
        judge(PAY)
            .verdict(
                List.of(
                    history(
                        begin(0, "s1", "a", "pay"),
                        begin(4, "s2", "b", "pay"),
                        end(600, "s2", "b", "pay"),
                        refused(700, "s1", "a", "pay"))));

    assertThat(verdict.faults()).containsExactly("overlaps: 1");
    assertThat(verdict.lateWritesRefused()).isEmpty();
  }

  @Test
  void refusedBeginning_isNoWork() {
    Verdict verdict =
        judge(PAY)
            .verdict(
                List.of(
                    history(
                        begin(0, "s1", "a", "pay"),
                        refused(5, "s2", "b", "pay"),
                        end(10, "s1", "a", "pay"))));

    assertThat(verdict.faults()).isEmpty();
    assertThat(verdict.attempts()).hasSize(1);
  }

  /** Sandbox s1 is frozen at 5 ms, s2 takes its step over at 500 ms. */
  private static Verdict frozen(Entry late) {
    History history =
        history(
            begin(0, "s1", "a", "pay"),
            begin(500, "s2", "b", "pay"),
            end(600, "s2", "b", "pay"),
            late);
    return new Judge(List.of(PAY), Map.of(), Map.of("s1", at(5))).verdict(List.of(history));
  }

  private static Verdict verdict(History history) {
    return judge(PAY, PACK).verdict(List.of(history));
  }

  private static Judge judge(PlannedWork... plan) {
    return new Judge(List.of(plan), Map.of(), Map.of());
  }

  private static PlannedWork work(String step) {
    return new PlannedWork(Line.SUBJECT, step, "id-" + step, Duration.ZERO);
  }
}
