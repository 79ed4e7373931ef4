package dev.holdfast.lambda.internal.admission;

import dev.holdfast.lambda.internal.keys.KeySettings;
import dev.holdfast.lambda.internal.metrics.MetricsOptions;
import dev.holdfast.lambda.internal.sqs.BatchThreads;
import dev.holdfast.lambda.internal.time.TimeBudget;
import dev.holdfast.lambda.model.BusyMessage;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a guard was told.
 *
 * @param keySettings how ids become keys
 * @param deduplication what is kept of handled events; empty where nothing is
 * @param timeBudget what the remaining time means
 * @param metricsOptions where metrics go
 * @param batchThreads how many messages of a batch are worked on at a time
 * @param visibilityChanger takes messages that are reported as busy; empty where they come again
 *     when their queue says so
 */
public record GuardConfig(
    KeySettings keySettings,
    Optional<DeduplicationSettings> deduplication,
    TimeBudget timeBudget,
    MetricsOptions metricsOptions,
    BatchThreads batchThreads,
    Optional<Consumer<? super BusyMessage>> visibilityChanger) {
  public static final GuardConfig DEFAULT =
      new GuardConfig(
          KeySettings.DEFAULT,
          Optional.empty(),
          TimeBudget.DEFAULT,
          MetricsOptions.DISABLED,
          BatchThreads.SINGLE,
          Optional.empty());

  public GuardConfig with(KeySettings value) {
    return new GuardConfig(
        value, deduplication, timeBudget, metricsOptions, batchThreads, visibilityChanger);
  }

  public GuardConfig with(DeduplicationSettings value) {
    return new GuardConfig(
        keySettings,
        Optional.of(value),
        timeBudget,
        metricsOptions,
        batchThreads,
        visibilityChanger);
  }

  public GuardConfig with(TimeBudget value) {
    return new GuardConfig(
        keySettings, deduplication, value, metricsOptions, batchThreads, visibilityChanger);
  }

  public GuardConfig with(MetricsOptions value) {
    return new GuardConfig(
        keySettings, deduplication, timeBudget, value, batchThreads, visibilityChanger);
  }

  public GuardConfig with(BatchThreads value) {
    return new GuardConfig(
        keySettings, deduplication, timeBudget, metricsOptions, value, visibilityChanger);
  }

  public GuardConfig withVisibilityChanger(Consumer<? super BusyMessage> value) {
    return new GuardConfig(
        keySettings, deduplication, timeBudget, metricsOptions, batchThreads, Optional.of(value));
  }
}
