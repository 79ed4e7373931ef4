package dev.holdfast.testkit;

import dev.holdfast.lock.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What everybody did in one schedule, in order, by true time; told only where somebody asks.
 * Thread-safe.
 */
public final class Story {
  private final List<String> lines = new ArrayList<>();
  private final boolean told;

  private Story(boolean told) {
    this.told = told;
  }

  public static Story untold() {
    return new Story(false);
  }

  public static Story told() {
    return new Story(true);
  }

  public synchronized void tell(TimeSource time, Supplier<String> what) {
    if (told) {
      double seconds = time.monotonicNanos() / 1e9;
      lines.add(String.format(Locale.ROOT, "%12.6f s  %s", seconds, what.get()));
    }
  }

  /** The end of it, which is where it went wrong. */
  public synchronized String end(int linesMax) {
    int from = Math.max(0, lines.size() - linesMax);
    return String.join(System.lineSeparator(), lines.subList(from, lines.size()));
  }

  public String whole() {
    return end(Integer.MAX_VALUE);
  }
}
