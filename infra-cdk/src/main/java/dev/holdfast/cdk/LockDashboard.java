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
 * The dashboard: how often locks change hands, who waits, what was a duplicate, what went wrong,
 * and what a million locks cost.
 *
 * @param monitoring where the dashboard belongs, and where the metrics are from
 * @param props what is watched
 */
record LockDashboard(LockMonitoring monitoring, LockMonitoringProps props) {

  private static final int WIDGET_WIDTH = 8;

  void add() {
    List<IWidget> firstRow = new ArrayList<>();
    List<IWidget> secondRow = new ArrayList<>();
    if (!props.functions.isEmpty()) {
      firstRow.add(graphWidget("Locks taken", metricPerFunction(monitoring::metricAcquired)));
      firstRow.add(
          graphWidget(
              "Waiting, ms for an invocation", metricPerFunction(monitoring::metricWaitTime)));
      firstRow.add(graphWidget("Given up as busy", metricPerFunction(monitoring::metricBusy)));
      secondRow.add(graphWidget("Duplicates", metricPerFunction(monitoring::metricDuplicate)));
      secondRow.add(graphWidget("Went wrong", failureMetrics()));
      secondRow.add(graphWidget("USD for a million locks", List.of(costMetric())));
    }
    Dashboard.Builder.create(monitoring, "Dashboard")
        .widgets(List.of(firstRow, secondRow, List.of(tableWidget())))
        .build();
  }

  private IWidget tableWidget() {
    return graphWidget(
        "Writes to the table",
        List.of(
            withLabel(monitoring.metricConsumedWrites(), "charged"),
            withLabel(monitoring.metricConditionalCheckFailures(), "refused"),
            withLabel(monitoring.metricThrottledWrites(), "throttled")));
  }

  private List<IMetric> metricPerFunction(java.util.function.Function<Function, Metric> metric) {
    return props.functions.stream()
        .<IMetric>map(f -> withLabel(metric.apply(f), f.getNode().getId()))
        .toList();
  }

  private List<IMetric> failureMetrics() {
    return props.functions.stream()
        .flatMap(
            f ->
                Stream.of(
                        monitoring.metricLost(f),
                        monitoring.metricLateRelease(f),
                        monitoring.metricReleaseFailed(f),
                        monitoring.metricCompletionFailed(f),
                        monitoring.metricThrottled(f))
                    .<IMetric>map(m -> withLabel(m, metricLabel(f, m))))
        .toList();
  }

  /** Right where all who use the table are watched: writes of others count, their locks do not. */
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
    return String.format(Locale.ROOT, "%s %s", function.getNode().getId(), metric.getMetricName());
  }

  private static Metric withLabel(Metric metric, String label) {
    return metric.with(MetricOptions.builder().label(label).build());
  }

  private static IWidget graphWidget(String title, List<IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).left(metrics).width(WIDGET_WIDTH).build();
  }
}
