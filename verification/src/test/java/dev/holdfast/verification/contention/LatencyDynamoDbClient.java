package dev.holdfast.verification.contention;

import dev.holdfast.lock.TimeSource;
import dev.holdfast.verification.support.PutAndDeleteProxy;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/**
 * Client with a latency of half a round trip for each request and each reply, and an optional delay
 * of rejections. It reports to a meter.
 */
final class LatencyDynamoDbClient extends PutAndDeleteProxy {
  private static final AttributeValue HELD = AttributeValue.fromS("HELD");

  private final TimeSource timeSource;
  private final Duration oneWayLatency;
  private final Duration rejectionDelay;
  private final ContentionMeter meter;

  LatencyDynamoDbClient(
      DynamoDbClient delegate,
      TimeSource timeSource,
      Duration oneWayLatency,
      ContentionMeter meter) {
    this(delegate, timeSource, oneWayLatency, Duration.ZERO, meter);
  }

  LatencyDynamoDbClient(
      DynamoDbClient delegate,
      TimeSource timeSource,
      Duration oneWayLatency,
      Duration rejectionDelay,
      ContentionMeter meter) {
    super(delegate);
    this.timeSource = timeSource;
    this.oneWayLatency = oneWayLatency;
    this.rejectionDelay = rejectionDelay;
    this.meter = meter;
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    long startNanos = startRequest();
    try {
      PutItemResponse response = table().putItem(request);
      meter.onWrite(request.item().containsValue(HELD), timeSource.monotonicNanos());
      return response;
    } catch (ConditionalCheckFailedException e) {
      meter.onRejected();
      delay(rejectionDelay);
      throw e;
    } finally {
      endRequest(startNanos);
    }
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    long startNanos = startRequest();
    try {
      DeleteItemResponse response = table().deleteItem(request);
      meter.onWrite(false, timeSource.monotonicNanos());
      return response;
    } finally {
      endRequest(startNanos);
    }
  }

  private long startRequest() {
    meter.onRequest();
    long startNanos = timeSource.monotonicNanos();
    delay(oneWayLatency);
    return startNanos;
  }

  private void endRequest(long startNanos) {
    delay(oneWayLatency);
    meter.onReply(timeSource.monotonicNanos() - startNanos);
  }

  private void delay(Duration duration) {
    try {
      if (!duration.isZero()) {
        timeSource.sleep(duration);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("waiters must not be interrupted", e);
    }
  }
}
