package dev.holdfast.lock.internal.dynamodb;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Counter of the SDK's retries of one request, from the SDK's metrics. A copy of a request in
 * flight could arrive after the row was deleted, so the count decides whether a release may delete
 * the row.
 */
final class RetryCounter implements MetricPublisher {
  private static final int UNKNOWN = -1;

  private final AtomicInteger retries = new AtomicInteger(UNKNOWN);

  @Override
  public void publish(MetricCollection call) {
    List<Integer> counts = call.metricValues(CoreMetric.RETRY_COUNT);
    counts.forEach(count -> retries.accumulateAndGet(count, Math::max));
  }

  /** Returns whether the request may have been sent again, also if the client reports no count. */
  boolean maybeResent() {
    return retries.get() != 0;
  }

  @Override
  public void close() {}
}
