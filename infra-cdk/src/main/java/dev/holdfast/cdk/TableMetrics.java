package dev.holdfast.cdk;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/** Metrics of the table of a {@link LockMonitoring}: a method for each, and its default options. */
abstract class TableMetrics extends Construct {

  static final MetricOptions DEFAULTS = MetricOptions.builder().build();
  static final String SUM = "Sum";

  private static final Duration PERIOD = Duration.minutes(5);

  private final ILockTable table;

  TableMetrics(Construct scope, String id, ILockTable table) {
    super(scope, id);
    this.table = table;
  }

  /**
   * Returns the number of writes that the table throttled.
   *
   * @return the sum over the period
   */
  public Metric metricThrottledWrites() {
    return metricThrottledWrites(DEFAULTS);
  }

  /** Returns {@link #metricThrottledWrites()} with other options. */
  public Metric metricThrottledWrites(MetricOptions options) {
    return tableMetric("WriteThrottleEvents", options);
  }

  /**
   * Returns the number of consumed write units, at least one for each attempt.
   *
   * @return the sum over the period
   */
  public Metric metricConsumedWrites() {
    return metricConsumedWrites(DEFAULTS);
  }

  /** Returns {@link #metricConsumedWrites()} with other options. */
  public Metric metricConsumedWrites(MetricOptions options) {
    return tableMetric("ConsumedWriteCapacityUnits", options);
  }

  /**
   * Returns the number of writes whose condition failed, mostly attempts on a busy lock.
   *
   * @return the sum over the period
   */
  public Metric metricConditionalCheckFailures() {
    return metricConditionalCheckFailures(DEFAULTS);
  }

  /** Returns {@link #metricConditionalCheckFailures()} with other options. */
  public Metric metricConditionalCheckFailures(MetricOptions options) {
    return tableMetric("ConditionalCheckFailedRequests", options);
  }

  private Metric tableMetric(String name, MetricOptions options) {
    return metric("AWS/DynamoDB", name, Map.of("TableName", table.getTableName()), SUM)
        .with(options);
  }

  static Metric metric(
      String namespace, String name, Map<String, String> dimensions, String statistic) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .dimensionsMap(dimensions)
        .statistic(statistic)
        .period(PERIOD)
        .build();
  }
}
