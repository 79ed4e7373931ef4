package dev.holdfast.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.lambda.Function;

/**
 * Functions, queues and options of a {@link LockMonitoring}. Immutable. Every option is optional
 * and independent of the others.
 *
 * <pre>{@code
 * LockMonitoringProps.builder().function(shipOrder).queue(orders).alarmAction(pager).build()
 * }</pre>
 */
public final class LockMonitoringProps {

  final List<Function> functions;
  final List<SourceQueue> queues;
  final List<IAlarmAction> alarmActions;
  final String namespace;
  final Duration maxAgeOfOldestMessage;
  final double dollarsPerMillionWrites;

  private LockMonitoringProps(Builder builder) {
    functions = List.copyOf(builder.functions);
    queues = List.copyOf(builder.queues);
    alarmActions = List.copyOf(builder.alarmActions);
    namespace = builder.namespace;
    maxAgeOfOldestMessage = builder.maxAgeOfOldestMessage;
    dollarsPerMillionWrites = builder.dollarsPerMillionWrites;
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
  public static final class Builder {

    private final List<Function> functions = new ArrayList<>();
    private final List<SourceQueue> queues = new ArrayList<>();
    private final List<IAlarmAction> alarmActions = new ArrayList<>();
    private String namespace = "Holdfast";
    private Duration maxAgeOfOldestMessage = Duration.minutes(15);
    private double dollarsPerMillionWrites = 0.625;

    private Builder() {}

    /**
     * Adds a function, with three alarms. Default: none.
     *
     * @param function a connected function whose handlers write metrics
     * @return this builder
     */
    public Builder function(Function function) {
      functions.add(function);
      return this;
    }

    /**
     * Adds a queue and its dead-letter queue, with two alarms. Default: none.
     *
     * @param queue the queue and its dead-letter queue
     * @return this builder
     */
    public Builder queue(SourceQueue queue) {
      queues.add(queue);
      return this;
    }

    /**
     * Adds an action of all alarms. Default: none.
     *
     * @param action for example a message to an SNS topic
     * @return this builder
     */
    public Builder alarmAction(IAlarmAction action) {
      alarmActions.add(action);
      return this;
    }

    /**
     * Sets the namespace of the functions' metrics. Default: {@code Holdfast}, which is also the
     * handlers' default. The handlers read theirs from {@code HOLDFAST_METRICS_NAMESPACE}.
     *
     * @param name the CloudWatch namespace
     * @return this builder
     */
    public Builder namespace(String name) {
      namespace = name;
      return this;
    }

    /**
     * Sets the age of the oldest message that raises an alarm. Default: 15 minutes.
     *
     * @param age the age
     * @return this builder
     */
    public Builder maxAgeOfOldestMessage(Duration age) {
      maxAgeOfOldestMessage = age;
      return this;
    }

    /**
     * Sets the price of a million write units, for the costs on the dashboard. Default: 0.625, the
     * on-demand price in us-east-1.
     *
     * @param dollars the price in US dollars
     * @return this builder
     * @throws IllegalArgumentException if the price is negative or not a number
     */
    public Builder dollarsPerMillionWrites(double dollars) {
      if (!(dollars >= 0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "dollars per million writes must be at least 0, got %s", dollars));
      }
      dollarsPerMillionWrites = dollars;
      return this;
    }

    /**
     * Builds the props.
     *
     * @return the props
     */
    public LockMonitoringProps build() {
      return new LockMonitoringProps(this);
    }
  }
}
