package dev.holdfast.demo.report;

import dev.holdfast.demo.run.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Maps times of a run to coordinates of the page.
 *
 * @param start the start of the run
 * @param seconds the length of the scale in seconds
 */
record TimeScale(Instant start, int seconds) {
  static final int LEFT = 92;
  static final int WIDTH = 1080;

  private static final double MILLIS_PER_SECOND = 1_000;
  private static final int TICK_SECONDS = 2;

  /** Creates a scale. Both runs use the same length, so that a reader can compare them. */
  static TimeScale of(RunResult run, Duration maxDuration) {
    return new TimeScale(run.startedAt(), (int) maxDuration.plusMillis(999).toSeconds());
  }

  double x(Instant time) {
    double millis = Duration.between(start, time).toMillis();
    return round(LEFT + clamp(millis / MILLIS_PER_SECOND / seconds) * WIDTH);
  }

  double width(Instant from, Instant to) {
    return round(x(to) - x(from));
  }

  List<Tick> ticks() {
    return IntStream.iterate(0, second -> second <= seconds, second -> second + TICK_SECONDS)
        .mapToObj(second -> new Tick(x(start.plusSeconds(second)), second + " s"))
        .toList();
  }

  static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static double clamp(double fraction) {
    return Math.max(0, Math.min(1, fraction));
  }

  /** A vertical line with its label. */
  record Tick(double x, String label) {}
}
