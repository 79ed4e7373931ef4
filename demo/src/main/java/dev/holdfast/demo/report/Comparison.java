package dev.holdfast.demo.report;

import dev.holdfast.demo.judge.Attempt;
import dev.holdfast.demo.plan.PlannedMessage;
import dev.holdfast.demo.plan.Redelivery;
import dev.holdfast.demo.run.Run;
import dev.holdfast.demo.words.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The same plan without and with the guard.
 *
 * @param without the run without the guard
 * @param with the run with the guard
 */
public record Comparison(Run without, Run with) {

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
    with.verdict().faults().forEach(fault -> failures.add("with the guard, " + fault));
    if (without.verdict().overlaps().isEmpty() || without.verdict().doneAgain().isEmpty()) {
      failures.add("without the guard nothing went wrong, so this run proves nothing");
    }
    if (with.takeOver().isEmpty()) {
      failures.add("with the guard, nobody took over from the sandbox that was killed");
    }
    if (with.verdict().lateWritesRefused().isEmpty()) {
      failures.add(
          "with the guard, the frozen sandbox's late write did not meet the ledger's fence");
    }
    return failures;
  }

  List<Row> rows() {
    return List.of(
        each("messages", run -> run.plan().messages().size()),
        each("  delivered twice by the queue", Comparison::deliveredTwice),
        each("events, each delivered twice", run -> run.plan().events().size()),
        each("deliveries", Run::deliveries),
        each("steps done", run -> run.verdict().done().size()),
        each("steps done twice", run -> run.verdict().doneAgain().size()),
        each("overlaps", run -> run.verdict().overlaps().size()),
        each("messages lost", run -> run.verdict().lost().size()),
        new Row("the frozen one's late write", lateWrite(without), lateWrite(with)),
        guarded("refused puts", Integer.toString(with.writes().refusedPuts())),
        guarded("write units", Integer.toString(with.writes().units())),
        guarded("take-over after the kill", takeOver()),
        new Row("time", Seconds.of(without.length()), Seconds.of(with.length())));
  }

  String takeOver() {
    return with.takeOver()
        .map(Attempt::begin)
        .map(begin -> Seconds.of(Duration.between(with.killed().from(), begin.at())))
        .orElse("never");
  }

  private static String lateWrite(Run run) {
    return switch (run.frozenOutcome()) {
      case DONE -> "went through";
      case REFUSED -> "refused";
      case DIED, NEVER_ENDED -> "never came";
    };
  }

  private static int deliveredTwice(Run run) {
    return (int)
        run.plan().messages().stream()
            .map(PlannedMessage::redelivery)
            .filter(redelivery -> redelivery != Redelivery.NONE)
            .count();
  }

  private Row each(String label, ToIntFunction<Run> count) {
    return Row.of(label, count.applyAsInt(without), count.applyAsInt(with));
  }

  private static Row guarded(String label, String value) {
    return new Row(label, Row.NONE, value);
  }
}
