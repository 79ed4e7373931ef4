package dev.holdfast.cdk;

import java.util.Locale;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.IConstruct;

/**
 * Alarms for conditions that need an operator, because the lock cannot recover from them. Waiting
 * and duplicates are normal and have no alarm.
 *
 * @param monitoring the construct that provides the metrics and contains the alarms
 * @param props the monitored functions and queues
 */
record LockAlarms(LockMonitoring monitoring, LockMonitoringProps props) {

  private static final int ONE_OR_MORE = 1;

  void add() {
    addAlarm(
        "ThrottledWrites",
        monitoring.metricThrottledWrites(),
        ONE_OR_MORE,
        "The lock table throttled writes. Releases are delayed too, and so are all waiters.");
    props.functions.forEach(this::addFunction);
    props.queues.forEach(this::addQueue);
  }

  private void addFunction(Function function) {
    String id = alarmIdPrefix(function);
    addAlarm(
        id + "Lost",
        monitoring.metricLost(function),
        ONE_OR_MORE,
        "Work ended after its lock was lost. Another invocation may have worked on the same resource."
            + " Check the lease duration, and fence the writes.");
    addAlarm(
        id + "LateRelease",
        monitoring.metricLateRelease(function),
        ONE_OR_MORE,
        "A lock was released after its lease expired. Another holder may have acquired it before.");
    addAlarm(
        id + "CompletionFailed",
        monitoring.metricCompletionFailed(function),
        ONE_OR_MORE,
        "Completed work was not recorded. Its event may be handled again.");
  }

  private void addQueue(SourceQueue queue) {
    String id = alarmIdPrefix(queue.getQueue());
    addAlarm(
        id + "DeadLetters",
        queue.getDeadLetterQueue().metricApproximateNumberOfMessagesVisible(),
        ONE_OR_MORE,
        "The dead-letter queue has messages. They failed or found a busy lock too often.");
    addAlarm(
        id + "OldestMessage",
        queue.getQueue().metricApproximateAgeOfOldestMessage(),
        props.maxAgeOfOldestMessage.toSeconds().intValue(),
        "A message has waited too long. Its lock is always busy, or no function polls the queue.");
  }

  private void addAlarm(String id, Metric metric, int threshold, String description) {
    Alarm alarm =
        Alarm.Builder.create(monitoring, id)
            .metric(metric)
            .threshold(threshold)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .alarmDescription(description)
            .build();
    alarm.addAlarmAction(props.alarmActions.toArray(IAlarmAction[]::new));
  }

  /** Returns a prefix that is unique for each monitored construct, across stacks. */
  private static String alarmIdPrefix(IConstruct construct) {
    return String.format(Locale.ROOT, "%s-", ConstructPath.of(construct).replace('/', '-'));
  }
}
