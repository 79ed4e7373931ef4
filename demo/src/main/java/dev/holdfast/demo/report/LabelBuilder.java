package dev.holdfast.demo.report;

import dev.holdfast.demo.checker.Attempt;
import dev.holdfast.demo.checker.Attempt.Outcome;
import dev.holdfast.demo.faults.InjectedFault;
import dev.holdfast.demo.format.TextFormat;
import dev.holdfast.demo.report.Timeline.Label;
import dev.holdfast.demo.report.Timeline.Lane;
import dev.holdfast.demo.run.RunResult;
import dev.holdfast.demo.run.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Builds the labels of the faults in the lanes of the timeline.
 *
 * @param run the run
 * @param scale the time scale
 * @param lanes the lanes by execution environment
 */
record LabelBuilder(RunResult run, TimeScale scale, Map<String, Lane> lanes) {
  private static final int GAP = 8;
  private static final int BASELINE = 15;
  private static final int CROSS_SIZE = 5;
  private static final int LABEL_WIDTH = 170;

  List<Label> labels() {
    InjectedFault killed = run.killed();
    InjectedFault frozen = run.frozen();
    return List.of(
        label(
            "killed",
            killed,
            killed.startedAt(),
            "killed in " + describeWork(killed) + takeoverText()),
        label("frozen-label", frozen, frozen.startedAt(), "frozen in " + describeWork(frozen)),
        lateWriteLabel(frozen));
  }

  /**
   * Places the label after the end of the freeze, or before it if the space after it is too narrow.
   */
  private Label lateWriteLabel(InjectedFault frozen) {
    boolean rejected = run.frozenAttemptOutcome() == Outcome.REJECTED;
    String text = "its late write " + (rejected ? "is rejected" : "is accepted");
    Label after = label(rejected ? "rejected" : "accepted", frozen, frozen.endedAt(), text);
    return after.x() + LABEL_WIDTH < TimeScale.LEFT + TimeScale.WIDTH
        ? after
        : new Label(after.cssClass() + " before", after.x() - 2 * GAP, after.y(), text);
  }

  /** Returns the path of a cross at the time of the kill. */
  String crossPath() {
    double x = scale.x(run.killed().startedAt());
    int y = lane(run.killed()).centerY();
    return TextFormat.format(
        "M%s %d L%s %d M%s %d L%s %d",
        x - CROSS_SIZE,
        y - CROSS_SIZE,
        x + CROSS_SIZE,
        y + CROSS_SIZE,
        x - CROSS_SIZE,
        y + CROSS_SIZE,
        x + CROSS_SIZE,
        y - CROSS_SIZE);
  }

  private Label label(String cssClass, InjectedFault fault, Instant time, String text) {
    return new Label(cssClass, scale.x(time) + GAP, lane(fault).y() + BASELINE, text);
  }

  private static String describeWork(InjectedFault fault) {
    return fault.subject() + " (" + fault.startEntry().step() + ")";
  }

  private String takeoverText() {
    return run.variant() == Variant.UNGUARDED
        ? ""
        : run.takeover().map(this::takeoverText).orElse("");
  }

  private String takeoverText(Attempt successor) {
    Duration elapsed =
        Duration.between(run.killed().startedAt(), successor.startEntry().timestamp());
    return ", taken over " + TextFormat.seconds(elapsed) + " later";
  }

  private Lane lane(InjectedFault fault) {
    Lane lane = lanes.get(fault.environment());
    if (lane == null) {
      throw new IllegalArgumentException("no lane for " + fault.environment());
    }
    return lane;
  }
}
