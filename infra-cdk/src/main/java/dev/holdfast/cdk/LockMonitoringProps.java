package dev.holdfast.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.lambda.Function;

/**
 * What a {@link LockMonitoring} watches besides its table, and what may differ from its defaults.
 * Immutable; every option is optional and independent of the others.
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
   * Starts from the defaults.
   *
   * @return a builder that holds the default of every option
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what differs from the defaults. Not thread-safe. */
  public static final class Builder {

    private final List<Function> functions = new ArrayList<>();
    private final List<SourceQueue> queues = new ArrayList<>();
    private final List<IAlarmAction> alarmActions = new ArrayList<>();
    private String namespace = "Holdfast";
    private Duration maxAgeOfOldestMessage = Duration.minutes(15);
    private double dollarsPerMillionWrites = 0.625;

    private Builder() {}

    /**
     * Adds a function to what is watched. Default: none. Each costs three alarms.
     *
     * @param function a connected function, whose handlers write metrics
     * @return this builder
     */
    public Builder function(Function function) {
      functions.add(function);
      return this;
    }

    /**
     * Adds a queue and its dead letters to what is watched. Default: none. Each costs two alarms.
     *
     * @param queue both queues
     * @return this builder
     */
    public Builder queue(SourceQueue queue) {
      queues.add(queue);
      return this;
    }

    /**
     * Adds something that happens when an alarm goes off. Default: nothing but its being seen.
     *
     * @param action such as a message to a topic
     * @return this builder
     */
    public Builder alarmAction(IAlarmAction action) {
      alarmActions.add(action);
      return this;
    }

    /**
     * Says where the functions' metrics are. Default: {@code Holdfast}, as the handlers have it;
     * they take another from {@code HOLDFAST_METRICS_NAMESPACE}.
     *
     * @param name CloudWatch's namespace
     * @return this builder
     */
    public Builder namespace(String name) {
      namespace = name;
      return this;
    }

    /**
     * Sets from which age on a message that still waits is alarming. Default: 15 minutes.
     *
     * @param age the age
     * @return this builder
     */
    public Builder maxAgeOfOldestMessage(Duration age) {
      maxAgeOfOldestMessage = age;
      return this;
    }

    /**
     * Sets the price by which the dashboard reckons. Default: 0.625, on-demand in us-east-1.
     *
     * @param dollars what a million write units cost
     * @return this builder
     * @throws IllegalArgumentException if it is negative, or no number
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
     * Makes the props.
     *
     * @return props with what was set here and the defaults of the rest
     */
    public LockMonitoringProps build() {
      return new LockMonitoringProps(this);
    }
  }
}
