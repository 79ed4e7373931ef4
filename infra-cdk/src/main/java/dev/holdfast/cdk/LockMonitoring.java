package dev.holdfast.cdk;

import software.constructs.Construct;

/**
 * Alarms and a dashboard for a lock table and for the functions and queues that use it. The metric
 * methods are for your own alarms and dashboards.
 *
 * <pre>{@code
 * LockMonitoring monitoring =
 *     LockMonitoring.Builder.create(this, "Monitoring")
 *         .lockTable(locks)
 *         .function(shipOrder)
 *         .queue(orders)
 *         .build();
 * }</pre>
 *
 * <p>The handlers of {@code holdfast-lambda} write the metrics of functions to the log. Versions
 * and aliases count for their function. The period of each metric is five minutes, unless its
 * options have another one.
 */
public final class LockMonitoring extends FunctionMetrics {

  /**
   * Creates the alarms and the dashboard of a table and of the functions and queues in the props.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param props the lock table, the functions, the queues and the options
   */
  public LockMonitoring(Construct scope, String id, LockMonitoringProps props) {
    super(scope, id, props.lockTable, props.namespace);
    new LockAlarms(this, props).add();
    new LockDashboard(this, props).add();
  }

  /** Builder of {@link LockMonitoring}. Not thread-safe. */
  public static final class Builder extends LockMonitoringOptions<Builder> {

    private final Construct scope;
    private final String id;

    private Builder(Construct scope, String id) {
      this.scope = scope;
      this.id = id;
    }

    /**
     * Returns a builder with the default of every option.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return the builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Creates the alarms and the dashboard.
     *
     * @return the monitoring
     * @throws NullPointerException if the lock table is missing
     */
    public LockMonitoring build() {
      return new LockMonitoring(scope, id, new LockMonitoringProps(this));
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
