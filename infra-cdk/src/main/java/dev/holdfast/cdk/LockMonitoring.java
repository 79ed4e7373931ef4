package dev.holdfast.cdk;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/**
 * Alarms and a dashboard for a lock table, and for the functions and queues that use it; and their
 * metrics, for alarms and dashboards of your own.
 *
 * <pre>{@code
 * new LockMonitoring(
 *     this,
 *     "Monitoring",
 *     locks,
 *     LockMonitoringProps.builder().function(shipOrder).queue(orders).build());
 * }</pre>
 *
 * <p>The functions' metrics are those that the handlers of {@code holdfast-lambda} write to the
 * log; a version or an alias counts to its function. Every metric is over five minutes; {@code
 * with} changes that.
 */
public final class LockMonitoring extends Construct {

  private static final Duration PERIOD = Duration.minutes(5);
  private static final String SUM = "Sum";
  private static final String AVERAGE = "Average";

  private final ILockTable table;
  private final String namespace;

  /**
   * Watches a table, and with it what the props add.
   *
   * @param scope the construct that it belongs to
   * @param id its id there
   * @param table the table
   * @param props what else is watched, and what differs from the defaults
   */
  public LockMonitoring(Construct scope, String id, ILockTable table, LockMonitoringProps props) {
    super(scope, id);
    this.table = table;
    this.namespace = props.namespace;
    new LockAlarms(this, props).add();
    new LockDashboard(this, props).add();
  }

  /**
   * Writes that the table throttled.
   *
   * @return the number
   */
  public Metric metricThrottledWrites() {
    return tableMetric("WriteThrottleEvents");
  }

  /**
   * Write units that the table charged, at least one for each try.
   *
   * @return the number
   */
  public Metric metricConsumedWrites() {
    return tableMetric("ConsumedWriteCapacityUnits");
  }

  /**
   * Writes that found the row to be another's: tries while a lock was busy, mostly.
   *
   * @return the number
   */
  public Metric metricConditionalCheckFailures() {
    return tableMetric("ConditionalCheckFailedRequests");
  }

  /**
   * Pieces of work that had their locks and were begun.
   *
   * @param function the function
   * @return the number
   */
  public Metric metricAcquired(Function function) {
    return functionMetric(function, "Acquired", SUM);
  }

  /**
   * Time spent on getting locks.
   *
   * @param function the function
   * @return the average of an invocation, in milliseconds
   */
  public Metric metricWaitTime(Function function) {
    return functionMetric(function, "WaitTime", AVERAGE);
  }

  /**
   * Tries that found a lock busy until they gave up.
   *
   * @param function the function
   * @return the number
   */
  public Metric metricBusy(Function function) {
    return functionMetric(function, "Busy", SUM);
  }

  /**
   * Writes that were refused since another held the lock: what contention costs.
   *
   * @param function the function
   * @return the number
   */
  public Metric metricRejectedAttempts(Function function) {
    return functionMetric(function, "RejectedAttempts", SUM);
  }

  /**
   * Locks that were taken from a holder who had let its lease end, such as one that crashed.
   *
   * @param function the function
   * @return the number
   */
  public Metric metricTakenOver(Function function) {
    return functionMetric(function, "TakenOver", SUM);
  }

  /**
   * Events that had been handled before.
   *
   * @param function the function
   * @return the number
   */
  public Metric metricDuplicate(Function function) {
    return functionMetric(function, "Duplicate", SUM);
  }

  /**
   * Pieces of work whose lock was no longer theirs when they ended.
   *
   * @param function the function
   * @return the number
   */
  public Metric metricLost(Function function) {
    return functionMetric(function, "Lost", SUM);
  }

  /**
   * Locks that others may have had already when they were given back.
   *
   * @param function the function
   * @return the number
   */
  public Metric metricLateRelease(Function function) {
    return functionMetric(function, "LateRelease", SUM);
  }

  /**
   * Locks that could not be given back, and end with their lease.
   *
   * @param function the function
   * @return the number
   */
  public Metric metricReleaseFailed(Function function) {
    return functionMetric(function, "ReleaseFailed", SUM);
  }

  /**
   * Pieces of work that are done and could not be remembered as done.
   *
   * @param function the function
   * @return the number
   */
  public Metric metricCompletionFailed(Function function) {
    return functionMetric(function, "CompletionFailed", SUM);
  }

  /**
   * Pieces of work that were not begun since the table throttled.
   *
   * @param function the function
   * @return the number
   */
  public Metric metricThrottled(Function function) {
    return functionMetric(function, "Throttled", SUM);
  }

  /**
   * How long the work took.
   *
   * @param function the function
   * @return the average of an invocation, in milliseconds
   */
  public Metric metricWorkTime(Function function) {
    return functionMetric(function, "WorkTime", AVERAGE);
  }

  /**
   * What an invocation had left when its last piece of work began.
   *
   * @param function the function
   * @return the least, in milliseconds
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
