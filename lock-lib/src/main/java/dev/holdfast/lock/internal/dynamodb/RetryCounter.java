package dev.holdfast.lock.internal.dynamodb;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Learns from the SDK's own metrics whether it sent one request more than once. A copy that is
 * still under way could arrive after the row was deleted, so this decides how a lock is released.
 */
final class RetryCounter implements MetricPublisher {
  private static final int UNKNOWN = -1;

  private final AtomicInteger retries = new AtomicInteger(UNKNOWN);

  @Override
  public void publish(MetricCollection call) {
    List<Integer> counts = call.metricValues(CoreMetric.RETRY_COUNT);
    counts.forEach(count -> retries.accumulateAndGet(count, Math::max));
  }

  /** A client that does not say is taken to have sent it again. */
  boolean maybeResent() {
    return retries.get() != 0;
  }

  @Override
  public void close() {}
}
