package dev.holdfast.demo.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.holdfast.demo.checker.Attempt;
import dev.holdfast.demo.format.TextFormat;
import dev.holdfast.demo.report.TimeScale.Tick;
import dev.holdfast.demo.report.Timeline.Bar;
import dev.holdfast.demo.report.Timeline.Label;
import dev.holdfast.demo.run.RunResult;
import dev.holdfast.demo.run.Variant;
import dev.holdfast.demo.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lanes of single orders, enlarged around the two attempts of different environments that are
 * closest to each other. Each lane has one row for each environment.
 *
 * @param title the title
 * @param height the height of the drawing
 * @param ticks the time axis, from the start of each lane
 * @param rows the rows of all lanes
 * @param bars a bar for each attempt
 * @param labels the texts in the lanes
 */
record OrderCloseUp(
    String title,
    int height,
    List<Tick> ticks,
    List<Row> rows,
    List<Bar> bars,
    List<Label> labels) {
  private static final int MAX_ORDERS = 4;
  private static final Duration LENGTH = Duration.ofMillis(1_600);
  private static final Duration BEFORE = Duration.ofMillis(200);
  private static final Duration TICK = Duration.ofMillis(200);
  private static final int ROW_HEIGHT = 18;
  private static final int LANE_GAP = 10;
  private static final int AXIS_HEIGHT = 24;
  private static final int BARS_LEFT = TimeScale.LEFT + 76;
  private static final int TEXT_BASELINE = 11;
  private static final int TEXT_MARGIN = 5;
  private static final int MIN_WIDTH_OF_TEXT = 50;

  int axisLabelY() {
    return height - 6;
  }

  int tickBottom() {
    return height - AXIS_HEIGHT + 2;
  }

  /** A row of one environment. */
  record Row(int y, int width) {}

  /** Two attempts of different environments on one order, and the time between them. */
  private record Pair(Attempt first, Attempt second, Instant endOfBoth, Duration gap) {

    boolean fits() {
      return Duration.between(first.startEntry().timestamp().minus(BEFORE), endOfBoth)
              .compareTo(LENGTH)
          <= 0;
    }
  }

  /**
   * Returns the orders with the longest overlaps without the guard.
   *
   * @return the orders, or an empty list if no two attempts overlap
   */
  static List<String> orders(RunResult unguarded, RunResult guarded) {
    return unguarded.checkResult().overlaps().stream()
        .map(overlap -> overlap.first().subject())
        .filter(subject -> !subject.equals(Workload.REPORT_SUBJECT))
        .distinct()
        .filter(order -> closestPair(guarded, order).filter(Pair::fits).isPresent())
        .flatMap(order -> closestPair(unguarded, order).stream())
        .filter(pair -> pair.gap().isNegative() && pair.fits())
        .sorted(Comparator.comparing(Pair::gap))
        .map(pair -> pair.first().subject())
        .limit(MAX_ORDERS)
        .toList();
  }

  private static Optional<Pair> closestPair(RunResult run, String order) {
    List<Attempt> attempts = attemptsOn(run, order);
    AttemptBars bars = AttemptBars.of(run);
    return IntStream.range(0, attempts.size())
        .boxed()
        .flatMap(
            first ->
                attempts.subList(first + 1, attempts.size()).stream()
                    .map(second -> pair(bars, attempts.get(first), second)))
        .filter(pair -> !pair.first().environment().equals(pair.second().environment()))
        .min(Comparator.comparing(Pair::gap));
  }

  private static Pair pair(AttemptBars bars, Attempt first, Attempt second) {
    Instant firstEnd = bars.drawnEnd(first);
    Instant secondEnd = bars.drawnEnd(second);
    boolean nested = secondEnd.isBefore(firstEnd);
    Duration gap = Duration.between(nested ? secondEnd : firstEnd, second.startEntry().timestamp());
    return new Pair(first, second, nested ? firstEnd : secondEnd, gap);
  }

  private static List<Attempt> attemptsOn(RunResult run, String order) {
    return run.checkResult().attempts().stream()
        .filter(attempt -> attempt.subject().equals(order))
        .sorted(Comparator.comparing(attempt -> attempt.startEntry().timestamp()))
        .toList();
  }

  static OrderCloseUp of(RunResult run, List<String> orders) {
    Builder builder = new Builder(run, AttemptBars.of(run));
    for (String order : orders) {
      closestPair(run, order).ifPresent(builder::addLane);
    }
    return builder.build();
  }

  /** Adds lanes from top to bottom. */
  private static final class Builder {
    private final RunResult run;
    private final AttemptBars attemptBars;
    private final List<Row> rows = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private int y = LANE_GAP;

    private Builder(RunResult run, AttemptBars attemptBars) {
      this.run = run;
      this.attemptBars = attemptBars;
    }

    private void addLane(Pair pair) {
      Instant start = pair.first().startEntry().timestamp().minus(BEFORE);
      TimeScale scale = new TimeScale(start, LENGTH, BARS_LEFT);
      String time = TextFormat.seconds(Duration.between(run.startedAt(), start));
      addText("order", TimeScale.LEFT - 2 * TEXT_MARGIN, y, pair.first().subject());
      addText("since", TimeScale.LEFT - 2 * TEXT_MARGIN, y + ROW_HEIGHT, "from " + time);
      attemptsOn(run, pair.first().subject()).stream()
          .filter(attempt -> isVisible(attempt, start))
          .collect(groupingBy(Attempt::environment, LinkedHashMap::new, toList()))
          .forEach((environment, attempts) -> addRow(scale, environment, attempts));
      y += LANE_GAP;
    }

    private void addRow(TimeScale scale, String environment, List<Attempt> attempts) {
      rows.add(new Row(y, TimeScale.WIDTH));
      addText("environment", TimeScale.LEFT + TEXT_MARGIN, y, environment);
      attempts.forEach(attempt -> addBar(attempt, scale));
      y += ROW_HEIGHT;
    }

    private boolean isVisible(Attempt attempt, Instant start) {
      return attempt.startEntry().timestamp().isBefore(start.plus(LENGTH))
          && attemptBars.drawnEnd(attempt).isAfter(start);
    }

    private void addBar(Attempt attempt, TimeScale scale) {
      Bar bar = attemptBars.bar(attempt, scale, y);
      bars.add(bar);
      if (bar.width() >= MIN_WIDTH_OF_TEXT) {
        addText("step", bar.x() + TEXT_MARGIN, y, attempt.step());
      }
    }

    private void addText(String cssClass, double x, int top, String text) {
      labels.add(new Label(cssClass, x, top + TEXT_BASELINE, text));
    }

    private OrderCloseUp build() {
      TimeScale scale = new TimeScale(run.startedAt(), LENGTH, BARS_LEFT);
      List<Tick> ticks =
          IntStream.rangeClosed(0, (int) LENGTH.dividedBy(TICK))
              .mapToObj(TICK::multipliedBy)
              .map(time -> new Tick(scale.x(run.startedAt().plus(time)), TextFormat.seconds(time)))
              .toList();
      String title =
          run.variant() == Variant.UNGUARDED
              ? "Enlarged: orders that two environments worked on at the same time"
              : "Enlarged: the same orders, where two environments come closest";
      return new OrderCloseUp(title, y + AXIS_HEIGHT, ticks, rows, bars, labels);
    }
  }
}
