package dev.holdfast.lambda.model;

/**
 * What is measured of each invocation, in CloudWatch's embedded metric format. The names are API:
 * alarms and dashboards are built on them.
 *
 * <p>There is one dimension, the function's name. Ids and keys are never dimensions.
 */
public enum LockMetric {
  /** Pieces of work that had all they needed and were begun. */
  ACQUIRED("Acquired", Unit.COUNT),
  /** From asking for the locks to having them or giving up, all work of the invocation together. */
  WAIT_TIME("WaitTime", Unit.MILLISECONDS),
  /** Tries that found a lock held by another until they gave up. */
  BUSY("Busy", Unit.COUNT),
  /** Writes that were refused since another held the lock: what contention costs. */
  REJECTED_ATTEMPTS("RejectedAttempts", Unit.COUNT),
  /** Locks that were taken from a holder who had let its lease end, such as one that crashed. */
  TAKEN_OVER("TakenOver", Unit.COUNT),
  /** Events that were handled before. */
  DUPLICATE("Duplicate", Unit.COUNT),
  /** Pieces of work whose lock was no longer theirs when they ended. */
  LOST("Lost", Unit.COUNT),
  /** Locks that others may have had already when they were given back. */
  LATE_RELEASE("LateRelease", Unit.COUNT),
  /** Locks that could not be given back, or nobody knows; they end with their lease. */
  RELEASE_FAILED("ReleaseFailed", Unit.COUNT),
  /** Pieces of work that are done, and could not be remembered as done. */
  COMPLETION_FAILED("CompletionFailed", Unit.COUNT),
  /** Pieces of work that were not begun since the lock table was throttled. */
  THROTTLED("Throttled", Unit.COUNT),
  /** How long the work took, all of the invocation together. */
  WORK_TIME("WorkTime", Unit.MILLISECONDS),
  /** What the invocation had left when its last piece of work began. */
  REMAINING_TIME_AT_START("RemainingTimeAtStart", Unit.MILLISECONDS);

  /** The namespace unless another is set. */
  public static final String DEFAULT_NAMESPACE = "Holdfast";

  /** The one dimension: the function's name. */
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
   * The name that CloudWatch knows it by.
   *
   * @return the name
   */
  public String metricName() {
    return metricName;
  }

  /**
   * The unit, as CloudWatch names it.
   *
   * @return {@code Count} or {@code Milliseconds}
   */
  public String unit() {
    return unit.text;
  }

  /** Whether it says something, though nothing happened. */
  public boolean isCount() {
    return unit == Unit.COUNT;
  }
}
