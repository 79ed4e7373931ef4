package dev.holdfast.cdk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.Function;

/**
 * Dashboard with acquisitions, wait times, duplicates, failures and the cost of a million locks.
 *
 * @param monitoring the construct that provides the metrics and contains the dashboard
 * @param props the monitored functions and queues
 */
record LockDashboard(LockMonitoring monitoring, LockMonitoringProps props) {

  private static final int WIDGET_WIDTH = 8;

  void add() {
    List<IWidget> firstRow = new ArrayList<>();
    List<IWidget> secondRow = new ArrayList<>();
    if (!props.functions.isEmpty()) {
      firstRow.add(graphWidget("Acquired locks", metricPerFunction(monitoring::metricAcquired)));
      firstRow.add(
          graphWidget(
              "Wait time per invocation, ms", metricPerFunction(monitoring::metricWaitTime)));
      firstRow.add(graphWidget("Busy", metricPerFunction(monitoring::metricBusy)));
      secondRow.add(graphWidget("Duplicates", metricPerFunction(monitoring::metricDuplicate)));
      secondRow.add(graphWidget("Failures", failureMetrics()));
      secondRow.add(graphWidget("USD per million locks", List.of(costMetric())));
    }
    Dashboard.Builder.create(monitoring, "Dashboard")
        .widgets(List.of(firstRow, secondRow, List.of(tableWidget())))
        .build();
  }

  private IWidget tableWidget() {
    return graphWidget(
        "Table writes",
        List.of(
            withLabel(monitoring.metricConsumedWrites(), "consumed units"),
            withLabel(monitoring.metricConditionalCheckFailures(), "failed conditions"),
            withLabel(monitoring.metricThrottledWrites(), "throttled")));
  }

  private List<IMetric> metricPerFunction(java.util.function.Function<Function, Metric> metric) {
    return props.functions.stream()
        .<IMetric>map(f -> withLabel(metric.apply(f), ConstructPath.name(f)))
        .toList();
  }

  private List<IMetric> failureMetrics() {
    return props.functions.stream()
        .flatMap(
            f ->
                Stream.of(
                        monitoring.metricFailed(f),
                        monitoring.metricLost(f),
                        monitoring.metricLateRelease(f),
                        monitoring.metricReleaseFailed(f),
                        monitoring.metricCompletionFailed(f),
                        monitoring.metricThrottled(f),
                        monitoring.metricContention(f))
                    .<IMetric>map(m -> withLabel(m, metricLabel(f, m))))
        .toList();
  }

  /**
   * Returns the cost of a million locks. It is correct only if all functions that use the table are
   * monitored: the writes of other clients count, but their locks do not.
   */
  private IMetric costMetric() {
    Map<String, IMetric> metrics = new HashMap<>();
    List<String> acquired = new ArrayList<>();
    for (Function function : props.functions) {
      String id = "acquired" + acquired.size();
      metrics.put(id, monitoring.metricAcquired(function));
      acquired.add(id);
    }
    metrics.put("writes", monitoring.metricConsumedWrites());
    return MathExpression.Builder.create()
        .expression(
            String.format(
                Locale.ROOT,
                "%s * writes / (%s)",
                props.dollarsPerMillionWrites,
                String.join(" + ", acquired)))
        .usingMetrics(metrics)
        .label("USD")
        .build();
  }

  private static String metricLabel(Function function, Metric metric) {
    return String.format(
        Locale.ROOT, "%s %s", ConstructPath.name(function), metric.getMetricName());
  }

  private static Metric withLabel(Metric metric, String label) {
    return metric.with(MetricOptions.builder().label(label).build());
  }

  private static IWidget graphWidget(String title, List<IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).left(metrics).width(WIDGET_WIDTH).build();
  }
}
