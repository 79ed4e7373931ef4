package dev.holdfast.demo.report;

import dev.holdfast.demo.aws.EnvironmentLifetime;
import dev.holdfast.demo.aws.InvocationRecord;
import dev.holdfast.demo.checker.Attempt;
import dev.holdfast.demo.checker.CheckResult;
import dev.holdfast.demo.faults.InjectedFault;
import dev.holdfast.demo.format.TextFormat;
import dev.holdfast.demo.report.Timeline.Badge;
import dev.holdfast.demo.report.Timeline.Bar;
import dev.holdfast.demo.report.Timeline.Lane;
import dev.holdfast.demo.run.RunResult;
import dev.holdfast.demo.run.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds the timeline of a run. */
final class TimelineBuilder {
  private static final int TOP_MARGIN = 6;
  private static final int AXIS_HEIGHT = 28;

  private final RunResult run;
  private final TimeScale scale;
  private final Map<String, Lane> lanes;
  private final AttemptBars attemptBars;

  private TimelineBuilder(RunResult run, TimeScale scale) {
    this.run = run;
    this.scale = scale;
    attemptBars = AttemptBars.of(run);
    lanes = lanes(run, scale);
  }

  /**
   * Builds the timeline.
   *
   * @param run the run
   * @param length the length of the scale; equal for both runs, so that a reader can compare them
   * @param orders the orders to enlarge
   */
  static Timeline build(RunResult run, Duration length, List<String> orders) {
    return new TimelineBuilder(run, new TimeScale(run.startedAt(), length, TimeScale.LEFT))
        .timeline(orders);
  }

  /** Returns the time from the start of a run to the end of its last invocation or fault. */
  static Duration activity(RunResult run) {
    Instant end =
        Stream.concat(
                run.invocations().stream().map(InvocationRecord::endedAt),
                Stream.of(run.killed().endedAt(), run.frozen().endedAt()))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return Duration.between(run.startedAt(), end);
  }

  private Timeline timeline(List<String> orders) {
    LabelBuilder labelBuilder = new LabelBuilder(run, scale, lanes);
    return new Timeline(
        run.variant().title(),
        run.checkResult().violations().isEmpty(),
        badges(),
        TOP_MARGIN + lanes.size() * Lane.HEIGHT + AXIS_HEIGHT,
        scale.ticks(activity(run)),
        List.copyOf(lanes.values()),
        run.invocations().stream().map(this::invocationBar).toList(),
        drawWork(),
        labelBuilder.labels(),
        labelBuilder.crossPath(),
        takeoverPath(),
        orders.isEmpty() ? List.of() : List.of(OrderCloseUp.of(run, orders)));
  }

  private static Map<String, Lane> lanes(RunResult run, TimeScale scale) {
    Instant lastActivity = run.startedAt().plus(activity(run));
    List<EnvironmentLifetime> sorted =
        run.environments().stream()
            .sorted(Comparator.comparing(TimelineBuilder::laneSortKey))
            .toList();
    Map<String, Lane> lanes = new LinkedHashMap<>();
    for (EnvironmentLifetime lifetime : sorted) {
      int y = TOP_MARGIN + lanes.size() * Lane.HEIGHT;
      Instant end = Collections.min(List.of(lifetime.terminatedAt(), lastActivity));
      double width = scale.width(lifetime.readyAt(), end);
      lanes.put(lifetime.name(), new Lane(lifetime, y, scale.x(lifetime.readyAt()), width));
    }
    return lanes;
  }

  /**
   * Returns a key that sorts the execution environments of orders before those of reports, each by
   * number.
   */
  private static String laneSortKey(EnvironmentLifetime lifetime) {
    int dash = lifetime.name().indexOf('-');
    String function = lifetime.name().startsWith("orders") ? "1" : "2";
    return function + TextFormat.format("%3s", lifetime.name().substring(dash + 1));
  }

  private List<Badge> badges() {
    CheckResult result = run.checkResult();
    return List.of(
        badge(result.overlaps().size(), "overlaps", "overlap"),
        badge(result.duplicates().size(), "steps executed twice", "duplicate"),
        badge(result.lost().size(), "lost messages", "lost"));
  }

  private static Badge badge(int count, String label, String cssClass) {
    return new Badge(Integer.toString(count), label, count == 0 ? "none" : cssClass);
  }

  private Bar invocationBar(InvocationRecord invocation) {
    Lane lane = lane(invocation.environment());
    String title =
        TextFormat.format(
            "%s, %s: invocation of %s with %d in its batch",
            invocation.environment(),
            TextFormat.seconds(Duration.between(run.startedAt(), invocation.startedAt())),
            TextFormat.seconds(Duration.between(invocation.startedAt(), invocation.endedAt())),
            invocation.batchSize());
    return bar("invocation", lane, invocation.startedAt(), invocation.endedAt(), title);
  }

  /** Builds the bars of all attempts. Overlaps come last, so that no other bar hides them. */
  private List<Bar> drawWork() {
    List<Bar> bars = new ArrayList<>();
    run.checkResult().attempts().stream()
        .sorted(Comparator.comparing(attemptBars.overlapping()::contains))
        .forEach(
            attempt ->
                bars.add(attemptBars.bar(attempt, scale, lane(attempt.environment()).barY())));
    InjectedFault frozen = run.frozen();
    Lane lane = lane(frozen.environment());
    bars.add(
        bar(
            "frozen",
            lane,
            frozen.startedAt(),
            frozen.endedAt(),
            frozen.environment() + ": frozen"));
    return bars;
  }

  /**
   * Returns the path from the kill to the attempt that took over. A takeover exists only under a
   * lock.
   */
  private String takeoverPath() {
    return run.variant() == Variant.UNGUARDED
        ? ""
        : run.takeover().map(this::takeoverPath).orElse("");
  }

  private String takeoverPath(Attempt successor) {
    Lane killedLane = lane(run.killed().environment());
    Lane successorLane = lane(successor.environment());
    boolean down = successorLane.y() > killedLane.y();
    return TextFormat.format(
        "M%s %d V%d H%s V%d",
        scale.x(run.killed().startedAt()),
        killedLane.centerY(),
        down ? killedLane.y() + Lane.HEIGHT : killedLane.y(),
        scale.x(successor.startEntry().timestamp()) + 1,
        down ? successorLane.barY() : successorLane.barY() + Lane.BAR_HEIGHT);
  }

  private Bar bar(String cssClass, Lane lane, Instant from, Instant to, String title) {
    return new Bar(cssClass, scale.x(from), lane.barY(), scale.width(from, to), title);
  }

  private Lane lane(String environment) {
    Lane lane = lanes.get(environment);
    if (lane == null) {
      throw new IllegalArgumentException("no lane for " + environment);
    }
    return lane;
  }
}
