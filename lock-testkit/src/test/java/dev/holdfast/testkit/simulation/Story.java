package dev.holdfast.testkit.simulation;

import dev.holdfast.testkit.ManualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What everybody did in one schedule, in order, by true time; told only where somebody asks. */
final class Story {
  private final List<String> lines = new ArrayList<>();
  private final boolean told;

  private Story(boolean told) {
    this.told = told;
  }

  static Story untold() {
    return new Story(false);
  }

  static Story told() {
    return new Story(true);
  }

  void tell(ManualTime truth, Supplier<String> what) {
    if (told) {
      double seconds = truth.monotonicNanos() / 1e9;
      lines.add(String.format(Locale.ROOT, "%12.3f s  %s", seconds, what.get()));
    }
  }

  /** The end of it, which is where it went wrong. */
  String end(int linesMax) {
    int from = Math.max(0, lines.size() - linesMax);
    return String.join(System.lineSeparator(), lines.subList(from, lines.size()));
  }

  String whole() {
    return end(lines.size());
  }
}
