package dev.holdfast.verification.support;

import dev.holdfast.lock.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Steps of one schedule in order, with the true time. A disabled trace records nothing.
 * Thread-safe.
 */
public final class Trace {
  private final List<String> lines = new ArrayList<>();
  private final boolean enabled;

  private Trace(boolean enabled) {
    this.enabled = enabled;
  }

  public static Trace disabled() {
    return new Trace(false);
  }

  public static Trace enabled() {
    return new Trace(true);
  }

  public synchronized void log(TimeSource timeSource, Supplier<String> message) {
    if (enabled) {
      double seconds = timeSource.monotonicNanos() / 1e9;
      lines.add(String.format(Locale.ROOT, "%12.6f s  %s", seconds, message.get()));
    }
  }

  /** Returns the last steps. */
  public synchronized String tail(int maxLines) {
    int from = Math.max(0, lines.size() - maxLines);
    return String.join(System.lineSeparator(), lines.subList(from, lines.size()));
  }

  public String text() {
    return tail(Integer.MAX_VALUE);
  }
}
