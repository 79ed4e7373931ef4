package dev.holdfast.cdk;

import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.lambda.Function;

/**
 * Lock table, functions, queues and options of a {@link LockMonitoring}. Immutable.
 *
 * <pre>{@code
 * LockMonitoringProps.builder().lockTable(locks).function(shipOrder).queue(orders).build()
 * }</pre>
 */
public final class LockMonitoringProps {

  final ILockTable lockTable;
  final List<Function> functions;
  final List<SourceQueue> queues;
  final List<IAlarmAction> alarmActions;
  final String namespace;
  final Duration maxAgeOfOldestMessage;
  final double dollarsPerMillionWrites;

  LockMonitoringProps(LockMonitoringOptions<?> options) {
    lockTable = Objects.requireNonNull(options.lockTable, "lockTable is required");
    functions = List.copyOf(options.functions);
    queues = List.copyOf(options.queues);
    alarmActions = List.copyOf(options.alarmActions);
    namespace = options.namespace;
    maxAgeOfOldestMessage = options.maxAgeOfOldestMessage;
    dollarsPerMillionWrites = options.dollarsPerMillionWrites;
  }

  /**
   * Returns a builder with the default of every option.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Builder of {@link LockMonitoringProps}. Not thread-safe. */
  public static final class Builder extends LockMonitoringOptions<Builder> {

    private Builder() {}

    /**
     * Builds the props.
     *
     * @return the props
     * @throws NullPointerException if the lock table is missing
     */
    public LockMonitoringProps build() {
      return new LockMonitoringProps(this);
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
