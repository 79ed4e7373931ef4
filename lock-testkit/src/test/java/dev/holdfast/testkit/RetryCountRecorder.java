package dev.holdfast.testkit;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/** Records the retry count in the metrics of each call. */
final class RetryCountRecorder implements MetricPublisher {
  private final List<Integer> retryCounts = new ArrayList<>();

  List<Integer> retryCounts() {
    return List.copyOf(retryCounts);
  }

  @Override
  public void publish(MetricCollection call) {
    retryCounts.addAll(call.metricValues(CoreMetric.RETRY_COUNT));
  }

  @Override
  public void close() {}
}
