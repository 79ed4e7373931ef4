package dev.holdfast.demo.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Maps times of a run to coordinates of the page.
 *
 * @param start the time at the left edge
 * @param length the time from the left edge to the right edge
 * @param left the x coordinate of the left edge
 */
record TimeScale(Instant start, Duration length, int left) {
  static final int LEFT = 92;
  static final int WIDTH = 1080;

  private static final List<Integer> TICK_SECONDS = List.of(1, 2, 5, 10, 30, 60);
  private static final int MAX_TICKS = 20;

  double x(Instant time) {
    double millis = Duration.between(start, time).toMillis();
    return round(left + clamp(millis / length.toMillis()) * (LEFT + WIDTH - left));
  }

  double width(Instant from, Instant to) {
    return round(x(to) - x(from));
  }

  /**
   * Returns the ticks of the time axis.
   *
   * @param end the time of the last tick at the latest, from the left edge
   */
  List<Tick> ticks(Duration end) {
    int step = tickSeconds();
    return IntStream.iterate(0, second -> second <= end.toSeconds(), second -> second + step)
        .mapToObj(second -> new Tick(x(start.plusSeconds(second)), second + " s"))
        .toList();
  }

  private int tickSeconds() {
    return TICK_SECONDS.stream()
        .filter(step -> length.toSeconds() / step < MAX_TICKS)
        .findFirst()
        .orElse(TICK_SECONDS.get(TICK_SECONDS.size() - 1));
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
