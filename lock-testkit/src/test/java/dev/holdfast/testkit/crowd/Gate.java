package dev.holdfast.testkit.crowd;

import dev.holdfast.lock.TimeSource;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/**
 * The way to a table: takes half a round trip there and half back, for a refusal longer where that
 * is wanted, and tells a meter of it.
 */
final class Gate implements DynamoDbClient {
  private static final AttributeValue HELD = AttributeValue.fromS("HELD");

  private final DynamoDbClient table;
  private final TimeSource time;
  private final Duration halfWay;
  private final Duration refusalLonger;
  private final Meter meter;

  Gate(DynamoDbClient table, TimeSource time, Duration halfWay, Meter meter) {
    this(table, time, halfWay, Duration.ZERO, meter);
  }

  Gate(
      DynamoDbClient table,
      TimeSource time,
      Duration halfWay,
      Duration refusalLonger,
      Meter meter) {
    this.table = table;
    this.time = time;
    this.halfWay = halfWay;
    this.refusalLonger = refusalLonger;
    this.meter = meter;
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    long left = leave();
    try {
      PutItemResponse response = table.putItem(request);
      meter.written(request.item().containsValue(HELD), time.monotonicNanos());
      return response;
    } catch (ConditionalCheckFailedException e) {
      meter.refused();
      travel(refusalLonger);
      throw e;
    } finally {
      comeBack(left);
    }
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    long left = leave();
    try {
      DeleteItemResponse response = table.deleteItem(request);
      meter.written(false, time.monotonicNanos());
      return response;
    } finally {
      comeBack(left);
    }
  }

  private long leave() {
    meter.leaves();
    long left = time.monotonicNanos();
    travel(halfWay);
    return left;
  }

  private void comeBack(long left) {
    travel(halfWay);
    meter.isBack(time.monotonicNanos() - left);
  }

  private void travel(Duration way) {
    try {
      if (!way.isZero()) {
        time.sleep(way);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a crowd", e);
    }
  }

  @Override
  public DynamoDbServiceClientConfiguration serviceClientConfiguration() {
    return table.serviceClientConfiguration();
  }

  @Override
  public String serviceName() {
    return table.serviceName();
  }

  @Override
  public void close() {
    table.close();
  }
}
