package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.keys.KeySettings;
import dev.holdfast.lambda.internal.metrics.MetricsOptions;
import dev.holdfast.lambda.internal.time.TimeBudget;
import java.util.Optional;

/**
 * Options of a guard that all triggers have in common.
 *
 * @param keySettings derives keys from ids
 * @param deduplication the retention of idempotency records; empty if events are not deduplicated
 * @param timeBudget derives leases and waits from the remaining time
 * @param metricsOptions the destination of metrics
 */
public record GuardConfig(
    KeySettings keySettings,
    Optional<DeduplicationSettings> deduplication,
    TimeBudget timeBudget,
    MetricsOptions metricsOptions) {
  /** Configuration of a guard without options. */
  public static final GuardConfig DEFAULT =
      new GuardConfig(
          KeySettings.DEFAULT, Optional.empty(), TimeBudget.DEFAULT, MetricsOptions.DISABLED);

  public GuardConfig with(KeySettings value) {
    return new GuardConfig(value, deduplication, timeBudget, metricsOptions);
  }

  public GuardConfig with(DeduplicationSettings value) {
    return new GuardConfig(keySettings, Optional.of(value), timeBudget, metricsOptions);
  }

  public GuardConfig with(TimeBudget value) {
    return new GuardConfig(keySettings, deduplication, value, metricsOptions);
  }

  public GuardConfig with(MetricsOptions value) {
    return new GuardConfig(keySettings, deduplication, timeBudget, value);
  }
}
