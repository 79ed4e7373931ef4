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

  private static final int THIRD = 8;

  void add() {
    List<IWidget> first = new ArrayList<>();
    List<IWidget> second = new ArrayList<>();
    if (!props.functions.isEmpty()) {
      first.add(graph("Locks taken", each(monitoring::metricAcquired)));
      first.add(graph("Waiting, ms for an invocation", each(monitoring::metricWaited)));
      first.add(graph("Given up as busy", each(monitoring::metricBusy)));
      second.add(graph("Duplicates", each(monitoring::metricDuplicate)));
      second.add(graph("Went wrong", wrong()));
      second.add(graph("USD for a million locks", List.of(cost())));
    }
    Dashboard.Builder.create(monitoring, "Dashboard")
        .widgets(List.of(first, second, List.of(table())))
        .build();
  }

  private IWidget table() {
    return graph(
        "Writes to the table",
        List.of(
            labelled(monitoring.metricConsumedWrites(), "charged"),
            labelled(monitoring.metricRefusedWrites(), "refused"),
            labelled(monitoring.metricThrottledWrites(), "throttled")));
  }

  private List<IMetric> each(java.util.function.Function<Function, Metric> metric) {
    return props.functions.stream()
        .<IMetric>map(f -> labelled(metric.apply(f), f.getNode().getId()))
        .toList();
  }

  private List<IMetric> wrong() {
    return props.functions.stream()
        .flatMap(
            f ->
                Stream.of(
                        monitoring.metricLost(f),
                        monitoring.metricLateRelease(f),
                        monitoring.metricReleaseFailed(f),
                        monitoring.metricCompletionFailed(f),
                        monitoring.metricThrottled(f))
                    .<IMetric>map(m -> labelled(m, label(f, m))))
        .toList();
  }

  /** Right where all who use the table are watched: writes of others count, their locks do not. */
  private IMetric cost() {
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

  private static String label(Function function, Metric metric) {
    return String.format(Locale.ROOT, "%s %s", function.getNode().getId(), metric.getMetricName());
  }

  private static Metric labelled(Metric metric, String label) {
    return metric.with(MetricOptions.builder().label(label).build());
  }

  private static IWidget graph(String title, List<IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).left(metrics).width(THIRD).build();
  }
}
