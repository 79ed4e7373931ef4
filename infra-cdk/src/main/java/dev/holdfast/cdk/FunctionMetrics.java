package dev.holdfast.cdk;

import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/**
 * Metrics of the functions of a {@link LockMonitoring}: a method for each, and its default options.
 */
abstract class FunctionMetrics extends TableMetrics {

  private static final String AVERAGE = "Average";

  private final String namespace;

  FunctionMetrics(Construct scope, String id, ILockTable table, String namespace) {
    super(scope, id, table);
    this.namespace = namespace;
  }

  /**
   * Returns the number of times that work started with its lock held.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricAcquired(Function function) {
    return metricAcquired(function, DEFAULTS);
  }

  /** Returns {@link #metricAcquired(Function)} with other options. */
  public Metric metricAcquired(Function function, MetricOptions options) {
    return functionMetric(function, "Acquired", SUM, options);
  }

  /**
   * Returns the number of times that work ended with an exception.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricFailed(Function function) {
    return metricFailed(function, DEFAULTS);
  }

  /** Returns {@link #metricFailed(Function)} with other options. */
  public Metric metricFailed(Function function, MetricOptions options) {
    return functionMetric(function, "Failed", SUM, options);
  }

  /**
   * Returns the time that acquiring locks took.
   *
   * @param function the function
   * @return the average over invocations, in milliseconds
   */
  public Metric metricWaitTime(Function function) {
    return metricWaitTime(function, DEFAULTS);
  }

  /** Returns {@link #metricWaitTime(Function)} with other options. */
  public Metric metricWaitTime(Function function, MetricOptions options) {
    return functionMetric(function, "WaitTime", AVERAGE, options);
  }

  /**
   * Returns the number of acquisitions that gave up because the lock was busy.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricBusy(Function function) {
    return metricBusy(function, DEFAULTS);
  }

  /** Returns {@link #metricBusy(Function)} with other options. */
  public Metric metricBusy(Function function, MetricOptions options) {
    return functionMetric(function, "Busy", SUM, options);
  }

  /**
   * Returns the number of rejected attempts, which is the cost of contention.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricRejectedAttempts(Function function) {
    return metricRejectedAttempts(function, DEFAULTS);
  }

  /** Returns {@link #metricRejectedAttempts(Function)} with other options. */
  public Metric metricRejectedAttempts(Function function, MetricOptions options) {
    return functionMetric(function, "RejectedAttempts", SUM, options);
  }

  /**
   * Returns the number of takeovers from a holder whose lease had expired, for example after a
   * crash.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricTakenOver(Function function) {
    return metricTakenOver(function, DEFAULTS);
  }

  /** Returns {@link #metricTakenOver(Function)} with other options. */
  public Metric metricTakenOver(Function function, MetricOptions options) {
    return functionMetric(function, "TakenOver", SUM, options);
  }

  /**
   * Returns the number of events that had already been handled.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricDuplicate(Function function) {
    return metricDuplicate(function, DEFAULTS);
  }

  /** Returns {@link #metricDuplicate(Function)} with other options. */
  public Metric metricDuplicate(Function function, MetricOptions options) {
    return functionMetric(function, "Duplicate", SUM, options);
  }

  /**
   * Returns the number of times that work ended after its lock was lost.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricLost(Function function) {
    return metricLost(function, DEFAULTS);
  }

  /** Returns {@link #metricLost(Function)} with other options. */
  public Metric metricLost(Function function, MetricOptions options) {
    return functionMetric(function, "Lost", SUM, options);
  }

  /**
   * Returns the number of releases after lease expiry, when another holder may have acquired the
   * lock.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricLateRelease(Function function) {
    return metricLateRelease(function, DEFAULTS);
  }

  /** Returns {@link #metricLateRelease(Function)} with other options. */
  public Metric metricLateRelease(Function function, MetricOptions options) {
    return functionMetric(function, "LateRelease", SUM, options);
  }

  /**
   * Returns the number of failed releases. Such a lock is held until its lease expires.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricReleaseFailed(Function function) {
    return metricReleaseFailed(function, DEFAULTS);
  }

  /** Returns {@link #metricReleaseFailed(Function)} with other options. */
  public Metric metricReleaseFailed(Function function, MetricOptions options) {
    return functionMetric(function, "ReleaseFailed", SUM, options);
  }

  /**
   * Returns the number of completed pieces of work whose completion could not be recorded.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricCompletionFailed(Function function) {
    return metricCompletionFailed(function, DEFAULTS);
  }

  /** Returns {@link #metricCompletionFailed(Function)} with other options. */
  public Metric metricCompletionFailed(Function function, MetricOptions options) {
    return functionMetric(function, "CompletionFailed", SUM, options);
  }

  /**
   * Returns the number of times that work did not start because the table throttled.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricThrottled(Function function) {
    return metricThrottled(function, DEFAULTS);
  }

  /** Returns {@link #metricThrottled(Function)} with other options. */
  public Metric metricThrottled(Function function, MetricOptions options) {
    return functionMetric(function, "Throttled", SUM, options);
  }

  /**
   * Returns the number of times that work did not start because other requests were changing the
   * row of its lock.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricContention(Function function) {
    return metricContention(function, DEFAULTS);
  }

  /** Returns {@link #metricContention(Function)} with other options. */
  public Metric metricContention(Function function, MetricOptions options) {
    return functionMetric(function, "Contention", SUM, options);
  }

  /**
   * Returns the duration of the work.
   *
   * @param function the function
   * @return the average over invocations, in milliseconds
   */
  public Metric metricWorkTime(Function function) {
    return metricWorkTime(function, DEFAULTS);
  }

  /** Returns {@link #metricWorkTime(Function)} with other options. */
  public Metric metricWorkTime(Function function, MetricOptions options) {
    return functionMetric(function, "WorkTime", AVERAGE, options);
  }

  /**
   * Returns the remaining time of an invocation at the start of its last piece of work.
   *
   * @param function the function
   * @return the minimum, in milliseconds
   */
  public Metric metricRemainingTimeAtStart(Function function) {
    return metricRemainingTimeAtStart(function, DEFAULTS);
  }

  /** Returns {@link #metricRemainingTimeAtStart(Function)} with other options. */
  public Metric metricRemainingTimeAtStart(Function function, MetricOptions options) {
    return functionMetric(function, "RemainingTimeAtStart", "Minimum", options);
  }

  private Metric functionMetric(
      Function function, String name, String statistic, MetricOptions options) {
    return metric(namespace, name, Map.of("function", function.getFunctionName()), statistic)
        .with(options);
  }
}
