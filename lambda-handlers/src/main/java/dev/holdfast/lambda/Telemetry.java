package dev.holdfast.lambda;

import dev.holdfast.lock.TimeSource;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a guard's metrics go, and what it reads the time from.
 *
 * @param namespace of the metrics; empty where none are written
 * @param lines takes each invocation's line
 * @param time the wall clock
 */
record Telemetry(Optional<String> namespace, Consumer<String> lines, TimeSource time) {
  private static final int NAMESPACE_MAX = 255;

  /** No metrics: a guard that is made by hand is often one in a test. */
  static final Telemetry SILENT =
      new Telemetry(Optional.empty(), StandardOutput::print, TimeSource.system());

  Telemetry {
    namespace.ifPresent(Telemetry::check);
  }

  private static void check(String namespace) {
    boolean known = namespace.matches("[-0-9A-Za-z._/#: ]+") && !namespace.isBlank();
    if (!known || namespace.length() > NAMESPACE_MAX || namespace.startsWith("AWS/")) {
      throw new IllegalArgumentException(
          "metrics namespace must have 1 to 255 of the characters A-Z a-z 0-9 . - _ / # : and"
              + " space, and must not start with AWS/, got "
              + LogValue.of(namespace));
    }
  }

  Telemetry inNamespace(String value) {
    return new Telemetry(Optional.of(value), lines, time);
  }

  Telemetry onto(Consumer<String> sink) {
    return new Telemetry(namespace, sink, time);
  }

  Telemetry by(TimeSource source) {
    return new Telemetry(namespace, lines, source);
  }

  boolean isOn() {
    return namespace.isPresent();
  }

  Instant now() {
    return time.wall();
  }

  /** Writes the line of an invocation that is about to return. */
  void report(Tally tally, Invocation invocation) {
    namespace.ifPresent(space -> lines.accept(new MetricsLine(space, now(), invocation).of(tally)));
  }
}
