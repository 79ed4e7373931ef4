package dev.holdfast.lock.internal.dynamodb;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Attempts of the SDK for one request, from the SDK's metrics.
 *
 * <p>A copy of a request in flight could arrive after the row was deleted, so the number of retries
 * decides whether a release may delete the row. A request was certainly not applied if the service
 * refused each of its attempts.
 */
final class AttemptMetrics implements MetricPublisher {
  private static final int UNKNOWN = -1;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;
  private static final String ATTEMPT = "ApiCallAttempt";
  private static final String THROTTLING = "Throttling";

  private final AtomicInteger retries = new AtomicInteger(UNKNOWN);
  private final List<MetricCollection> attempts = new CopyOnWriteArrayList<>();

  @Override
  public void publish(MetricCollection call) {
    List<Integer> counts = call.metricValues(CoreMetric.RETRY_COUNT);
    counts.forEach(count -> retries.accumulateAndGet(count, Math::max));
    call.childrenWithName(ATTEMPT).forEach(attempts::add);
  }

  /** Returns whether the request may have been sent again, also if the client reports no count. */
  boolean maybeResent() {
    return retries.get() != 0;
  }

  /** Returns whether the service answered each attempt with a 4xx status. */
  boolean wasEachAttemptRefused() {
    return !attempts.isEmpty()
        && attempts.size() > retries.get()
        && attempts.stream().allMatch(AttemptMetrics::wasRefused);
  }

  private static boolean wasRefused(MetricCollection attempt) {
    List<Integer> statuses = attempt.metricValues(HttpMetric.HTTP_STATUS_CODE);
    return !statuses.isEmpty()
        && statuses.stream().allMatch(s -> s >= CLIENT_ERROR && s < SERVER_ERROR);
  }

  /** Returns whether the service throttled the last attempt. */
  boolean wasThrottled() {
    return !attempts.isEmpty()
        && attempts
            .get(attempts.size() - 1)
            .metricValues(CoreMetric.ERROR_TYPE)
            .contains(THROTTLING);
  }

  @Override
  public void close() {}
}
