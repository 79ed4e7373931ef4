package dev.holdfast.demo.report;

import static dev.holdfast.demo.run.Variant.GUARDED;
import static dev.holdfast.demo.run.Variant.UNGUARDED;

import dev.holdfast.demo.checker.Attempt;
import dev.holdfast.demo.format.TextFormat;
import dev.holdfast.demo.run.RunResult;
import dev.holdfast.demo.workload.WorkloadMessage;
import dev.holdfast.demo.workload.WorkloadMessage.Redelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Results of the same workload without and with the guard.
 *
 * @param unguarded the run without the guard
 * @param guarded the run with the guard
 */
public record RunComparison(RunResult unguarded, RunResult guarded) {

  /**
   * Returns the table for the terminal.
   *
   * @return lines of text
   */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(line("", UNGUARDED.title(), GUARDED.title()));
    lines.add("  " + "-".repeat(66));
    rows().forEach(row -> lines.add(line(row.label(), row.unguarded(), row.guarded())));
    return lines;
  }

  /**
   * Returns the reasons for which the demo failed. The guard failed to prevent a violation, or the
   * run without the guard had no violation and proves nothing.
   *
   * @return one line for each reason, or an empty list
   */
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    guarded
        .checkResult()
        .violations()
        .forEach(violation -> failures.add("with the guard, " + violation));
    if (unguarded.checkResult().overlaps().isEmpty()
        || unguarded.checkResult().duplicates().isEmpty()) {
      failures.add("without the guard, the run must have repeated and overlapping steps, got none");
    }
    if (guarded.takeover().isEmpty()) {
      failures.add("with the guard, no other environment took over the order of the killed one");
    }
    if (guarded.checkResult().rejectedLateWrites().isEmpty()) {
      failures.add(
          "with the guard, the ledger did not reject the late write of the frozen environment");
    }
    return failures;
  }

  List<TableRow> rows() {
    return List.of(
        bothRuns("messages", run -> run.workload().messages().size()),
        bothRuns("  of them delivered twice", RunComparison::redeliveredMessages),
        bothRuns("events, each delivered twice", run -> run.workload().events().size()),
        bothRuns("deliveries", RunResult::deliveries),
        bothRuns("steps completed", run -> run.checkResult().completed().size()),
        bothRuns("steps executed twice", run -> run.checkResult().duplicates().size()),
        bothRuns("overlaps", run -> run.checkResult().overlaps().size()),
        bothRuns("lost messages", run -> run.checkResult().lost().size()),
        new TableRow(
            "late write after the freeze", lateWriteOutcome(unguarded), lateWriteOutcome(guarded)),
        guardedOnly(
            "rejected attempts",
            Integer.toString(guarded.writeCounts().conditionalCheckFailures())),
        guardedOnly("write units", Integer.toString(guarded.writeCounts().writeUnits())),
        guardedOnly("takeover after the kill", takeoverTime()),
        new TableRow(
            "duration",
            TextFormat.seconds(unguarded.duration()),
            TextFormat.seconds(guarded.duration())));
  }

  String takeoverTime() {
    return guarded
        .takeover()
        .map(Attempt::startEntry)
        .map(
            startEntry ->
                TextFormat.seconds(
                    Duration.between(guarded.killed().startedAt(), startEntry.timestamp())))
        .orElse("never");
  }

  private static String lateWriteOutcome(RunResult run) {
    return switch (run.frozenAttemptOutcome()) {
      case COMPLETED -> "accepted";
      case REJECTED -> "rejected";
      case CRASHED, UNFINISHED -> "missing";
    };
  }

  private static String line(String label, String unguarded, String guarded) {
    return TextFormat.format("  %-30s %18s %16s", label, unguarded, guarded);
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

  /**
   * One row of the table.
   *
   * @param label the label of the value
   * @param unguarded the value without the guard
   * @param guarded the value with the guard
   */
  record TableRow(String label, String unguarded, String guarded) {
    static final String NOT_APPLICABLE = "-";

    static TableRow of(String label, int unguarded, int guarded) {
      return new TableRow(label, Integer.toString(unguarded), Integer.toString(guarded));
    }
  }
}
