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
 * One call of the SDK: sendings of the same body until one is answered, the resends are used up or
 * the call's time is over; then the metrics, whatever came of it.
 */
final class SimulatedCall {
  /** The SDK's own read time-out, which ends a call that has no other. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private final Transport transport;
  private final Consumer<Duration> clock;
  private final MetricCollector metrics = MetricCollector.create("ApiCall");
  private final List<MetricPublisher> publishers;
  private final Optional<Duration> timeOut;
  private final Duration silence;

  SimulatedCall(
      Transport transport,
      Consumer<Duration> clock,
      Optional<AwsRequestOverrideConfiguration> override) {
    this.transport = transport;
    this.clock = clock;
    this.publishers = override.map(o -> o.metricPublishers()).orElse(List.of());
    this.timeOut = override.flatMap(o -> o.apiCallTimeout());
    this.silence =
        override.flatMap(o -> o.apiCallAttemptTimeout()).or(() -> timeOut).orElse(SILENCE_MAX);
  }

  Optional<Map<String, AttributeValue>> answer(Write write, int resendsMax) {
    if (Thread.currentThread().isInterrupted()) {
      throw AbortedException.create("Thread was interrupted");
    }
    metrics.reportMetric(CoreMetric.SERVICE_ID, "DynamoDB");
    metrics.reportMetric(CoreMetric.OPERATION_NAME, write.operation().wireName());
    try {
      return sendUntilAnswered(write, resendsMax);
    } finally {
      publishers.forEach(publisher -> publisher.publish(metrics.collect()));
    }
  }

  private Optional<Map<String, AttributeValue>> sendUntilAnswered(Write write, int resendsMax) {
    for (int resends = 0; ; resends++) {
      try {
        var old = transport.send(write, silence);
        metrics.reportMetric(CoreMetric.RETRY_COUNT, resends);
        return old;
      } catch (SdkException e) {
        if (resends == resendsMax || !isSentAgain(e)) {
          throw ended(e, resends);
        }
      }
    }
  }

  /** A call that hears nothing ends at its own time-out, and then says nothing of resends. */
  private SdkException ended(SdkException last, int resends) {
    if (last instanceof ApiCallAttemptTimeoutException && timeOut.isPresent()) {
      Duration left = timeOut.get().minus(silence.multipliedBy(resends + 1L));
      clock.accept(left.isNegative() ? Duration.ZERO : left);
      return TimedOut.call(timeOut.get());
    }
    metrics.reportMetric(CoreMetric.RETRY_COUNT, resends);
    return last.toBuilder().numAttempts(resends + 1).writableStackTrace(false).build();
  }

  private static boolean isSentAgain(SdkException e) {
    return e instanceof SdkServiceException answer
        ? answer.statusCode() >= 500 || answer.isThrottlingException()
        : !(e instanceof AbortedException);
  }
}
