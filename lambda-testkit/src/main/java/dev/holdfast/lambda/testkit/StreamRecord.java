package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Record of a stream in sample events of Kinesis and DynamoDB Streams. Immutable.
 *
 * @param sequenceNumber the sequence number in the shard
 * @param key the partition key of a Kinesis record, or the key {@code id} of a changed item
 * @param data the data of a Kinesis record, or the attribute {@code data} of a changed item
 */
public record StreamRecord(String sequenceNumber, String key, String data) {
  private static final String REGION_AND_ACCOUNT = "us-east-1:123456789012";
  private static final double ARRIVAL_TIMESTAMP = 1_767_225_600.0;

  Map<String, Object> toKinesisRecord() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("kinesisSchemaVersion", "1.0");
    body.put("partitionKey", key);
    body.put("sequenceNumber", sequenceNumber);
    body.put("data", Base64.getEncoder().encodeToString(data.getBytes(UTF_8)));
    body.put("approximateArrivalTimestamp", ARRIVAL_TIMESTAMP);
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("kinesis", body);
    event.put("eventSource", "aws:kinesis");
    event.put("eventVersion", "1.0");
    event.put("eventID", "shardId-000000000001:" + sequenceNumber);
    event.put("eventName", "aws:kinesis:record");
    event.put("invokeIdentityArn", "arn:aws:iam::123456789012:role/orders");
    event.put("awsRegion", "us-east-1");
    event.put("eventSourceARN", "arn:aws:kinesis:" + REGION_AND_ACCOUNT + ":stream/orders");
    return event;
  }

  Map<String, Object> toDynamoDbRecord() {
    Map<String, Object> keys = Map.of("id", Map.of("S", key));
    Map<String, Object> image = new LinkedHashMap<>(keys);
    image.put("data", Map.of("S", data));
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("ApproximateCreationDateTime", ARRIVAL_TIMESTAMP);
    change.put("Keys", keys);
    change.put("NewImage", image);
    change.put("SequenceNumber", sequenceNumber);
    change.put("SizeBytes", 26);
    change.put("StreamViewType", "NEW_AND_OLD_IMAGES");
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventID", "c4ca4238a0b923820dcc509a6f75849b");
    event.put("eventName", "INSERT");
    event.put("eventVersion", "1.1");
    event.put("eventSource", "aws:dynamodb");
    event.put("awsRegion", "us-east-1");
    event.put("dynamodb", change);
    event.put(
        "eventSourceARN",
        "arn:aws:dynamodb:" + REGION_AND_ACCOUNT + ":table/orders/stream/2026-01-01T00:00:00.000");
    return event;
  }
}
