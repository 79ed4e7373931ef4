package dev.holdfast.lambda.internal.metrics;

import dev.holdfast.lambda.internal.time.Invocation;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Options of a guard's metrics.
 *
 * @param namespace the namespace in CloudWatch; empty if no metrics are written
 * @param output receives one line for each invocation
 * @param timeSource the clock of the lines' timestamps
 */
public record MetricsOptions(
    Optional<String> namespace, Consumer<String> output, TimeSource timeSource) {
  private static final int MAX_NAMESPACE_CHARS = 255;

  /** No metrics, as for a guard that a test creates. */
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
              + LogText.value(namespace));
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

  /** Writes the line of an invocation, if metrics are enabled. */
  public void publish(InvocationMetrics metrics, Invocation invocation) {
    namespace.ifPresent(
        value -> output.accept(new EmfWriter(value, now(), invocation).toJson(metrics)));
  }
}
