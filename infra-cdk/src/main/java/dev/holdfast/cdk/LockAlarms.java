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

  private static final int ANY = 1;

  void add() {
    alarm(
        "ThrottledWrites",
        monitoring.metricThrottledWrites(),
        ANY,
        "The lock table throttled writes: releases wait too, and everybody behind them.");
    props.functions.forEach(this::addFunction);
    props.queues.forEach(this::addQueue);
  }

  private void addFunction(Function function) {
    String id = id(function);
    alarm(
        id + "Lost",
        monitoring.metricLost(function),
        ANY,
        "Work ended after its lock: another may have worked on the same thing meanwhile. Is the"
            + " lease too short, or the effect not fenced?");
    alarm(
        id + "LateRelease",
        monitoring.metricLateRelease(function),
        ANY,
        "A lock was given back after its lease: another may have had it already.");
    alarm(
        id + "CompletionFailed",
        monitoring.metricCompletionFailed(function),
        ANY,
        "Work is done that is not remembered as done: its event may be handled again.");
  }

  private void addQueue(LockedQueue queue) {
    String id = id(queue.queue());
    alarm(
        id + "DeadLetters",
        queue.deadLetters().metricApproximateNumberOfMessagesVisible(),
        ANY,
        "Messages that nobody could handle, or that met a busy lock too often.");
    alarm(
        id + "OldestMessage",
        queue.queue().metricApproximateAgeOfOldestMessage(),
        props.oldestMessage.toSeconds().intValue(),
        "A message waits for too long: its lock is always busy, or nobody works.");
  }

  private void alarm(String id, Metric metric, int threshold, String description) {
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
  private static String id(IConstruct construct) {
    return String.format(Locale.ROOT, "%s-", construct.getNode().getPath().replace('/', '-'));
  }
}
