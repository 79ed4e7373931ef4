package dev.holdfast.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollector;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One call of the SDK. It sends the request until it receives a response, has used all retries or
 * exceeds its timeout. Then it publishes the metrics of the call.
 */
final class SimulatedCall {
  /** Read timeout of the SDK, which ends a call without another timeout. */
  private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(30);

  private final FaultyTransport transport;
  private final Consumer<Duration> timeoutClock;
  private final MetricCollector metrics = MetricCollector.create("ApiCall");
  private final List<MetricPublisher> publishers;
  private final Optional<Duration> callTimeout;
  private final Duration attemptTimeout;

  SimulatedCall(
      FaultyTransport transport,
      Consumer<Duration> timeoutClock,
      Optional<AwsRequestOverrideConfiguration> override) {
    this.transport = transport;
    this.timeoutClock = timeoutClock;
    this.publishers = override.map(o -> o.metricPublishers()).orElse(List.of());
    this.callTimeout = override.flatMap(o -> o.apiCallTimeout());
    this.attemptTimeout =
        override
            .flatMap(o -> o.apiCallAttemptTimeout())
            .or(() -> callTimeout)
            .orElse(DEFAULT_READ_TIMEOUT);
  }

  Optional<Map<String, AttributeValue>> execute(TableWrite write, int maxRetries) {
    if (Thread.currentThread().isInterrupted()) {
      throw AbortedException.create("Thread was interrupted");
    }
    metrics.reportMetric(CoreMetric.SERVICE_ID, "DynamoDB");
    metrics.reportMetric(CoreMetric.OPERATION_NAME, write.operation().wireName());
    try {
      return sendWithRetries(write, maxRetries);
    } finally {
      publishers.forEach(publisher -> publisher.publish(metrics.collect()));
    }
  }

  private Optional<Map<String, AttributeValue>> sendWithRetries(TableWrite write, int maxRetries) {
    for (int retries = 0; ; retries++) {
      try {
        var oldRow = transport.send(write, attemptTimeout);
        metrics.reportMetric(CoreMetric.RETRY_COUNT, retries);
        return oldRow;
      } catch (SdkException e) {
        if (retries == maxRetries || !isRetryable(e)) {
          throw toFinalError(e, retries);
        }
      }
    }
  }

  /**
   * Returns the final error. A call without a response ends at its own timeout and reports no
   * retries.
   */
  private SdkException toFinalError(SdkException lastError, int retries) {
    if (lastError instanceof ApiCallAttemptTimeoutException && callTimeout.isPresent()) {
      Duration remaining = callTimeout.get().minus(attemptTimeout.multipliedBy(retries + 1L));
      timeoutClock.accept(remaining.isNegative() ? Duration.ZERO : remaining);
      return TimeoutErrors.callTimeout(callTimeout.get());
    }
    metrics.reportMetric(CoreMetric.RETRY_COUNT, retries);
    return lastError.toBuilder().numAttempts(retries + 1).writableStackTrace(false).build();
  }

  private static boolean isRetryable(SdkException e) {
    return e instanceof SdkServiceException serviceError
        ? serviceError.statusCode() >= 500 || serviceError.isThrottlingException()
        : !(e instanceof AbortedException);
  }
}
