package dev.holdfast.testkit.line;

import dev.holdfast.lock.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What every thread did in one schedule, in order; told only where somebody asks. Thread-safe. */
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

  synchronized void tell(TimeSource time, Supplier<String> what) {
    if (told) {
      double seconds = time.monotonicNanos() / 1e9;
      lines.add(String.format(Locale.ROOT, "%12.6f s  %s", seconds, what.get()));
    }
  }

  /** The end of it, which is where it went wrong. */
  synchronized String end(int linesMax) {
    int from = Math.max(0, lines.size() - linesMax);
    return String.join(System.lineSeparator(), lines.subList(from, lines.size()));
  }

  String whole() {
    return end(Integer.MAX_VALUE);
  }
}
