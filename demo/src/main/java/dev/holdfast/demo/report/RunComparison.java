package dev.holdfast.demo.report;

import dev.holdfast.demo.checker.Attempt;
import dev.holdfast.demo.format.DurationFormat;
import dev.holdfast.demo.run.RunResult;
import dev.holdfast.demo.workload.Redelivery;
import dev.holdfast.demo.workload.WorkloadMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The same plan without and with the guard.
 *
 * @param unguarded the run without the guard
 * @param guarded the run with the guard
 */
public record RunComparison(RunResult unguarded, RunResult guarded) {

  /**
   * The table for the terminal.
   *
   * @return lines of text
   */
  public List<String> table() {
    return TextTable.of(rows());
  }

  /**
   * Why the demo failed: what the guard let happen, or that nothing happened without it, which
   * would prove nothing.
   *
   * @return one line for each reason, none where the demo shows what it should
   */
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    guarded
        .checkResult()
        .violations()
        .forEach(violation -> failures.add("with the guard, " + violation));
    if (unguarded.checkResult().overlaps().isEmpty()
        || unguarded.checkResult().duplicates().isEmpty()) {
      failures.add("without the guard nothing went wrong, so this run proves nothing");
    }
    if (guarded.takeover().isEmpty()) {
      failures.add("with the guard, nobody took over from the sandbox that was killed");
    }
    if (guarded.checkResult().rejectedLateWrites().isEmpty()) {
      failures.add(
          "with the guard, the frozen sandbox's late write did not meet the ledger's fence");
    }
    return failures;
  }

  List<TableRow> rows() {
    return List.of(
        bothRuns("messages", run -> run.workload().messages().size()),
        bothRuns("  delivered twice by the queue", RunComparison::redeliveredMessages),
        bothRuns("events, each delivered twice", run -> run.workload().events().size()),
        bothRuns("deliveries", RunResult::deliveries),
        bothRuns("steps done", run -> run.checkResult().completed().size()),
        bothRuns("steps done twice", run -> run.checkResult().duplicates().size()),
        bothRuns("overlaps", run -> run.checkResult().overlaps().size()),
        bothRuns("messages lost", run -> run.checkResult().lost().size()),
        new TableRow(
            "the frozen one's late write", lateWriteOutcome(unguarded), lateWriteOutcome(guarded)),
        guardedOnly(
            "refused puts", Integer.toString(guarded.writeCounts().conditionalCheckFailures())),
        guardedOnly("write units", Integer.toString(guarded.writeCounts().writeUnits())),
        guardedOnly("take-over after the kill", takeoverTime()),
        new TableRow(
            "time",
            DurationFormat.seconds(unguarded.duration()),
            DurationFormat.seconds(guarded.duration())));
  }

  String takeoverTime() {
    return guarded
        .takeover()
        .map(Attempt::startEntry)
        .map(
            startEntry ->
                DurationFormat.seconds(
                    Duration.between(guarded.killed().startedAt(), startEntry.timestamp())))
        .orElse("never");
  }

  private static String lateWriteOutcome(RunResult run) {
    return switch (run.frozenAttemptOutcome()) {
      case COMPLETED -> "went through";
      case REJECTED -> "refused";
      case CRASHED, UNFINISHED -> "never came";
    };
  }

  private static int redeliveredMessages(RunResult run) {
    return (int)
        run.workload().messages().stream()
            .map(WorkloadMessage::redelivery)
            .filter(redelivery -> redelivery != Redelivery.NONE)
            .count();
  }

  private TableRow bothRuns(String label, ToIntFunction<RunResult> count) {
    return TableRow.of(label, count.applyAsInt(unguarded), count.applyAsInt(guarded));
  }

  private static TableRow guardedOnly(String label, String value) {
    return new TableRow(label, TableRow.NOT_APPLICABLE, value);
  }
}
