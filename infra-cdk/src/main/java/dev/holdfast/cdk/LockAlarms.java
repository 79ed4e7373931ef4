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
 * The alarms: each of them says that somebody has to look, since the lock does not mend it by
 * itself. Waiting and duplicates are what it is for, and alarm nobody.
 *
 * @param monitoring where the alarms belong, and where the metrics are from
 * @param props what is watched
 */
record LockAlarms(LockMonitoring monitoring, LockMonitoringProps props) {

  private static final int ONE_OR_MORE = 1;

  void add() {
    addAlarm(
        "ThrottledWrites",
        monitoring.metricThrottledWrites(),
        ONE_OR_MORE,
        "The lock table throttled writes: releases wait too, and everybody behind them.");
    props.functions.forEach(this::addFunction);
    props.queues.forEach(this::addQueue);
  }

  private void addFunction(Function function) {
    String id = alarmIdPrefix(function);
    addAlarm(
        id + "Lost",
        monitoring.metricLost(function),
        ONE_OR_MORE,
        "Work ended after its lock: another may have worked on the same thing meanwhile. Is the"
            + " lease too short, or the effect not fenced?");
    addAlarm(
        id + "LateRelease",
        monitoring.metricLateRelease(function),
        ONE_OR_MORE,
        "A lock was given back after its lease: another may have had it already.");
    addAlarm(
        id + "CompletionFailed",
        monitoring.metricCompletionFailed(function),
        ONE_OR_MORE,
        "Work is done that is not remembered as done: its event may be handled again.");
  }

  private void addQueue(SourceQueue queue) {
    String id = alarmIdPrefix(queue.queue());
    addAlarm(
        id + "DeadLetters",
        queue.deadLetterQueue().metricApproximateNumberOfMessagesVisible(),
        ONE_OR_MORE,
        "Messages that nobody could handle, or that met a busy lock too often.");
    addAlarm(
        id + "OldestMessage",
        queue.queue().metricApproximateAgeOfOldestMessage(),
        props.maxAgeOfOldestMessage.toSeconds().intValue(),
        "A message waits for too long: its lock is always busy, or nobody works.");
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

  /** What no two watched constructs share, whatever their stacks. */
  private static String alarmIdPrefix(IConstruct construct) {
    return String.format(Locale.ROOT, "%s-", construct.getNode().getPath().replace('/', '-'));
  }
}
