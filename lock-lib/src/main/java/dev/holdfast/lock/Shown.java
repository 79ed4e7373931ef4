package dev.holdfast.lock;

import java.time.Duration;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a log shows of a record of which most is left open: what was set, and nothing else. */
final class Shown {
  private final StringJoiner parts;

  private Shown(StringJoiner parts) {
    this.parts = parts;
  }

  static Shown of(Class<?> type, Object subject) {
    String start = type.getSimpleName() + "[";
    return new Shown(new StringJoiner(", ", start, "]").add(String.valueOf(subject)));
  }

  Shown and(String what, @Nullable Object value) {
    if (value instanceof Duration duration) {
      parts.add(what + " " + Ranges.text(duration));
    } else if (value != null) {
      parts.add(what + " " + value);
    }
    return this;
  }

  @Override
  public String toString() {
    return parts.toString();
  }
}
