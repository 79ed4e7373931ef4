package dev.holdfast.lambda.internal.metrics;

import dev.holdfast.lambda.internal.log.LogValue;
import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lock.TimeSource;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a guard's metrics go, and what it reads the time from.
 *
 * @param namespace of the metrics; empty where none are written
 * @param output takes each invocation's line
 * @param timeSource the wall clock
 */
public record MetricsOptions(
    Optional<String> namespace, Consumer<String> output, TimeSource timeSource) {
  private static final int MAX_NAMESPACE_CHARS = 255;

  /** No metrics: a guard that is made by hand is often one in a test. */
  public static final MetricsOptions DISABLED =
      new MetricsOptions(Optional.empty(), StandardOutput::print, TimeSource.system());

  public MetricsOptions {
    namespace.ifPresent(MetricsOptions::validateNamespace);
  }

  private static void validateNamespace(String namespace) {
    boolean validCharacters = namespace.matches("[-0-9A-Za-z._/#: ]+") && !namespace.isBlank();
    if (!validCharacters
        || namespace.length() > MAX_NAMESPACE_CHARS
        || namespace.startsWith("AWS/")) {
      throw new IllegalArgumentException(
          "metrics namespace must have 1 to 255 of the characters A-Z a-z 0-9 . - _ / # : and"
              + " space, and must not start with AWS/, got "
              + LogValue.of(namespace));
    }
  }

  public MetricsOptions withNamespace(String value) {
    return new MetricsOptions(Optional.of(value), output, timeSource);
  }

  public MetricsOptions withOutput(Consumer<String> value) {
    return new MetricsOptions(namespace, value, timeSource);
  }

  public MetricsOptions withTimeSource(TimeSource value) {
    return new MetricsOptions(namespace, output, value);
  }

  public boolean isEnabled() {
    return namespace.isPresent();
  }

  public Instant now() {
    return timeSource.wallTime();
  }

  /** Writes the line of an invocation that is about to return. */
  public void publish(InvocationMetrics metrics, Invocation invocation) {
    namespace.ifPresent(
        value -> output.accept(new EmfWriter(value, now(), invocation).toJson(metrics)));
  }
}
