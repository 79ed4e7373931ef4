package dev.holdfast.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.lambda.Function;

/**
 * Options of a {@link LockMonitoring}: the methods that its two builders have in common.
 *
 * @param <B> the builder
 */
abstract class LockMonitoringOptions<B> {

  final List<Function> functions = new ArrayList<>();
  final List<SourceQueue> queues = new ArrayList<>();
  final List<IAlarmAction> alarmActions = new ArrayList<>();
  String namespace = "Holdfast";
  Duration maxAgeOfOldestMessage = Duration.minutes(15);
  double dollarsPerMillionWrites = 0.625;

  @Nullable ILockTable lockTable;

  LockMonitoringOptions() {}

  /**
   * Sets the lock table, with one alarm. Required.
   *
   * @param table the lock table
   * @return this builder
   */
  public B lockTable(ILockTable table) {
    lockTable = table;
    return self();
  }

  /**
   * Adds a function, with three alarms. Default: none.
   *
   * @param function a connected function whose handlers write metrics
   * @return this builder
   */
  public B function(Function function) {
    functions.add(function);
    return self();
  }

  /**
   * Adds a queue and its dead-letter queue, with two alarms. Default: none.
   *
   * @param queue the queue and its dead-letter queue
   * @return this builder
   */
  public B queue(SourceQueue queue) {
    queues.add(queue);
    return self();
  }

  /**
   * Adds an action of all alarms. Default: none.
   *
   * @param action for example a message to an SNS topic
   * @return this builder
   */
  public B alarmAction(IAlarmAction action) {
    alarmActions.add(action);
    return self();
  }

  /**
   * Sets the namespace of the functions' metrics. Default: {@code Holdfast}, which is also the
   * handlers' default. The handlers read theirs from {@code HOLDFAST_METRICS_NAMESPACE}.
   *
   * @param name the CloudWatch namespace
   * @return this builder
   */
  public B namespace(String name) {
    namespace = name;
    return self();
  }

  /**
   * Sets the age of the oldest message that raises an alarm. Default: 15 minutes.
   *
   * @param age the age
   * @return this builder
   */
  public B maxAgeOfOldestMessage(Duration age) {
    maxAgeOfOldestMessage = age;
    return self();
  }

  /**
   * Sets the price of a million write units, for the costs on the dashboard. Default: 0.625, the
   * on-demand price in us-east-1.
   *
   * @param dollars the price in US dollars
   * @return this builder
   * @throws IllegalArgumentException if the price is negative or not a number
   */
  public B dollarsPerMillionWrites(double dollars) {
    if (!(dollars >= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "dollars per million writes must be at least 0, got %s", dollars));
    }
    dollarsPerMillionWrites = dollars;
    return self();
  }

  /** Returns this builder. */
  abstract B self();
}
