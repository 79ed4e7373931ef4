package dev.holdfast.lock;

import java.time.Duration;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Builder of texts that show the components of a record that are set. */
final class ToStringBuilder {
  private final StringJoiner parts;

  private ToStringBuilder(StringJoiner parts) {
    this.parts = parts;
  }

  static ToStringBuilder of(Class<?> type, Object subject) {
    String start = type.getSimpleName() + "[";
    return new ToStringBuilder(new StringJoiner(", ", start, "]").add(String.valueOf(subject)));
  }

  ToStringBuilder add(String label, @Nullable Object value) {
    if (value instanceof Duration duration) {
      parts.add(label + " " + Durations.format(duration));
    } else if (value != null) {
      parts.add(label + " " + value);
    }
    return this;
  }

  @Override
  public String toString() {
    return parts.toString();
  }
}
