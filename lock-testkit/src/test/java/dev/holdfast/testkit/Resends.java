package dev.holdfast.testkit;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/** What each call's metrics say of how often it was sent again. */
final class Resends implements MetricPublisher {
  private final List<Integer> counts = new ArrayList<>();

  List<Integer> counts() {
    return List.copyOf(counts);
  }

  @Override
  public void publish(MetricCollection call) {
    counts.addAll(call.metricValues(CoreMetric.RETRY_COUNT));
  }

  @Override
  public void close() {}
}
