package dev.holdfast.cdk;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/**
 * Alarms and a dashboard for a lock table and for the functions and queues that use it. The metric
 * methods are for your own alarms and dashboards.
 *
 * <pre>{@code
 * new LockMonitoring(
 *     this,
 *     "Monitoring",
 *     locks,
 *     LockMonitoringProps.builder().function(shipOrder).queue(orders).build());
 * }</pre>
 *
 * <p>The handlers of {@code holdfast-lambda} write the metrics of functions to the log. Versions
 * and aliases count for their function. The period of each metric is five minutes. {@code
 * Metric.with} changes it.
 */
public final class LockMonitoring extends Construct {

  private static final Duration PERIOD = Duration.minutes(5);
  private static final String SUM = "Sum";
  private static final String AVERAGE = "Average";

  private final ILockTable table;
  private final String namespace;

  /**
   * Creates the alarms and the dashboard of a table and of the functions and queues in the props.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param table the table
   * @param props the functions, the queues and the options
   */
  public LockMonitoring(Construct scope, String id, ILockTable table, LockMonitoringProps props) {
    super(scope, id);
    this.table = table;
    this.namespace = props.namespace;
    new LockAlarms(this, props).add();
    new LockDashboard(this, props).add();
  }

  /**
   * Returns the number of writes that the table throttled.
   *
   * @return the sum over the period
   */
  public Metric metricThrottledWrites() {
    return tableMetric("WriteThrottleEvents");
  }

  /**
   * Returns the number of consumed write units, at least one for each attempt.
   *
   * @return the sum over the period
   */
  public Metric metricConsumedWrites() {
    return tableMetric("ConsumedWriteCapacityUnits");
  }

  /**
   * Returns the number of writes whose condition failed, mostly attempts on a busy lock.
   *
   * @return the sum over the period
   */
  public Metric metricConditionalCheckFailures() {
    return tableMetric("ConditionalCheckFailedRequests");
  }

  /**
   * Returns the number of times that work started with its lock held.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricAcquired(Function function) {
    return functionMetric(function, "Acquired", SUM);
  }

  /**
   * Returns the time that acquiring locks took.
   *
   * @param function the function
   * @return the average over invocations, in milliseconds
   */
  public Metric metricWaitTime(Function function) {
    return functionMetric(function, "WaitTime", AVERAGE);
  }

  /**
   * Returns the number of acquisitions that gave up because the lock was busy.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricBusy(Function function) {
    return functionMetric(function, "Busy", SUM);
  }

  /**
   * Returns the number of rejected attempts, which is the cost of contention.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricRejectedAttempts(Function function) {
    return functionMetric(function, "RejectedAttempts", SUM);
  }

  /**
   * Returns the number of takeovers from a holder whose lease had expired, for example after a
   * crash.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricTakenOver(Function function) {
    return functionMetric(function, "TakenOver", SUM);
  }

  /**
   * Returns the number of events that had already been handled.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricDuplicate(Function function) {
    return functionMetric(function, "Duplicate", SUM);
  }

  /**
   * Returns the number of times that work ended after its lock was lost.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricLost(Function function) {
    return functionMetric(function, "Lost", SUM);
  }

  /**
   * Returns the number of releases after lease expiry, when another holder may have acquired the
   * lock.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricLateRelease(Function function) {
    return functionMetric(function, "LateRelease", SUM);
  }

  /**
   * Returns the number of failed releases. Such a lock is held until its lease expires.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricReleaseFailed(Function function) {
    return functionMetric(function, "ReleaseFailed", SUM);
  }

  /**
   * Returns the number of completed pieces of work whose completion could not be recorded.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricCompletionFailed(Function function) {
    return functionMetric(function, "CompletionFailed", SUM);
  }

  /**
   * Returns the number of times that work did not start because the table throttled.
   *
   * @param function the function
   * @return the sum over the period
   */
  public Metric metricThrottled(Function function) {
    return functionMetric(function, "Throttled", SUM);
  }

  /**
   * Returns the duration of the work.
   *
   * @param function the function
   * @return the average over invocations, in milliseconds
   */
  public Metric metricWorkTime(Function function) {
    return functionMetric(function, "WorkTime", AVERAGE);
  }

  /**
   * Returns the remaining time of an invocation at the start of its last piece of work.
   *
   * @param function the function
   * @return the minimum, in milliseconds
   */
  public Metric metricRemainingTimeAtStart(Function function) {
    return functionMetric(function, "RemainingTimeAtStart", "Minimum");
  }

  private Metric tableMetric(String name) {
    return Metric.Builder.create()
        .namespace("AWS/DynamoDB")
        .metricName(name)
        .dimensionsMap(Map.of("TableName", table.getTableName()))
        .statistic(SUM)
        .period(PERIOD)
        .build();
  }

  private Metric functionMetric(Function function, String name, String statistic) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .dimensionsMap(Map.of("function", function.getFunctionName()))
        .statistic(statistic)
        .period(PERIOD)
        .build();
  }
}
