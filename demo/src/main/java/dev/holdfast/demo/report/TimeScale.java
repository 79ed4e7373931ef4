package dev.holdfast.demo.report;

import dev.holdfast.demo.run.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a moment of a run is on the page.
 *
 * @param start the run's start
 * @param seconds how many seconds fit
 */
record TimeScale(Instant start, int seconds) {
  static final int LEFT = 92;
  static final int WIDTH = 1080;

  private static final double MILLIS_PER_SECOND = 1_000;
  private static final int TICK_SECONDS = 2;

  /** The same scale for both runs, so that they can be compared by eye. */
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
