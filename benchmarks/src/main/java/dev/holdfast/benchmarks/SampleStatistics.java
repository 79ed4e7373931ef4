package dev.holdfast.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Statistics of a series of samples in milliseconds. Not thread-safe. */
final class SampleStatistics {
  private final List<Double> values = new ArrayList<>();

  void add(double millis) {
    values.add(millis);
  }

  double median() {
    return quantile(0.5);
  }

  /** Returns a quantile by the nearest-rank method. */
  double quantile(double fraction) {
    if (values.isEmpty()) {
      throw new IllegalStateException("the series must have at least one sample");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(fraction * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  /** Returns the median and the interquartile range as text. */
  String format() {
    return String.format(
        Locale.ROOT, "%.1f (%.1f to %.1f)", median(), quantile(0.25), quantile(0.75));
  }
}
