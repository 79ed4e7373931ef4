package dev.holdfast.lambda.model;

/**
 * Metric of an invocation, written in CloudWatch's embedded metric format. The metric names are
 * API, because alarms and dashboards use them.
 *
 * <p>The only dimension is the name of the function. Ids and keys are never dimensions.
 */
public enum LockMetric {
  /** Pieces of work that acquired all their locks and started. */
  ACQUIRED("Acquired", Unit.COUNT),
  /**
   * Pieces of work that ended with an exception: of the handler, of their ids, or of the lock
   * table. Work that is busy, meets contention, is a duplicate or has not enough time does not
   * count.
   */
  FAILED("Failed", Unit.COUNT),
  /** Time from the first attempt to the outcome, summed over all work of the invocation. */
  WAIT_TIME("WaitTime", Unit.MILLISECONDS),
  /** Acquisitions that ended because another holder kept the lock. */
  BUSY("Busy", Unit.COUNT),
  /** Rejected attempts: conditional check failures because another holder has the lock. */
  REJECTED_ATTEMPTS("RejectedAttempts", Unit.COUNT),
  /** Locks taken over from a holder whose lease had expired, for example after a crash. */
  TAKEN_OVER("TakenOver", Unit.COUNT),
  /** Events that were already completed. */
  DUPLICATE("Duplicate", Unit.COUNT),
  /** Pieces of work that no longer held their lock at their end. */
  LOST("Lost", Unit.COUNT),
  /** Locks released so late that another holder may have had them. */
  LATE_RELEASE("LateRelease", Unit.COUNT),
  /** Locks whose release failed or has an unknown outcome; they expire with their lease. */
  RELEASE_FAILED("ReleaseFailed", Unit.COUNT),
  /** Pieces of work that succeeded and could not be recorded as completed. */
  COMPLETION_FAILED("CompletionFailed", Unit.COUNT),
  /** Pieces of work that were not started because the lock table was throttled. */
  THROTTLED("Throttled", Unit.COUNT),
  /** Pieces of work that were not started because other requests were changing the lock's row. */
  CONTENTION("Contention", Unit.COUNT),
  /** Duration of the work, summed over all work of the invocation. */
  WORK_TIME("WorkTime", Unit.MILLISECONDS),
  /** Remaining time of the invocation at the start of its last piece of work. */
  REMAINING_TIME_AT_START("RemainingTimeAtStart", Unit.MILLISECONDS);

  /** Default namespace. */
  public static final String DEFAULT_NAMESPACE = "Holdfast";

  /** Name of the only dimension, the name of the function. */
  public static final String DIMENSION = "function";

  private final String metricName;
  private final Unit unit;

  private enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds");

    private final String text;

    Unit(String text) {
      this.text = text;
    }
  }

  LockMetric(String metricName, Unit unit) {
    this.metricName = metricName;
    this.unit = unit;
  }

  /**
   * Returns the name of the metric in CloudWatch.
   *
   * @return the name
   */
  public String metricName() {
    return metricName;
  }

  /**
   * Returns the unit of the metric in CloudWatch.
   *
   * @return {@code Count} or {@code Milliseconds}
   */
  public String unit() {
    return unit.text;
  }

  /**
   * Returns whether the metric is a count. Counts are written also if they are zero.
   *
   * @return true for a count, false for a time
   */
  public boolean isCount() {
    return unit == Unit.COUNT;
  }
}
