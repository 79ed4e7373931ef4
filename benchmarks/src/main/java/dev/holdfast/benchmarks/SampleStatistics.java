package dev.holdfast.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured of one thing, in milliseconds. For one thread. */
final class SampleStatistics {
  private final List<Double> values = new ArrayList<>();

  void add(double millis) {
    values.add(millis);
  }

  double median() {
    return quantile(0.5);
  }

  /** By the nearest rank. */
  double quantile(double fraction) {
    if (values.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(fraction * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  /** The median, and between which values the middle half lies. */
  String format() {
    return String.format(
        Locale.ROOT, "%.1f (%.1f to %.1f)", median(), quantile(0.25), quantile(0.75));
  }
}
