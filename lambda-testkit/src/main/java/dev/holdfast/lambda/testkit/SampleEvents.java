package dev.holdfast.lambda.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sample events as JSON text in the formats of AWS; their values are fictitious. */
public final class SampleEvents {
  private static final String ACCOUNT = "123456789012";
  private static final String REGION = "us-east-1";
  private static final String TIME = "2026-01-01T00:00:00Z";

  private SampleEvents() {}

  /**
   * Creates a batch from an SQS queue.
   *
   * @param messages the messages in order
   * @return the event
   */
  public static String sqs(SqsMessage... messages) {
    return sqs(List.of(messages));
  }

  /**
   * Creates a batch from an SQS queue.
   *
   * @param messages the messages in order
   * @return the event
   */
  public static String sqs(List<SqsMessage> messages) {
    return LambdaJson.write(records(messages.stream().map(SqsMessage::toRecord).toList()));
  }

  /**
   * Creates an event that matched a rule of an EventBridge bus.
   *
   * @param id the event id, equal in every delivery
   * @param source the publisher, for example {@code shop.orders}
   * @param detailType the type of the event, for example {@code OrderPlaced}
   * @param detail a JSON object
   * @return the event
   */
  public static String eventBridge(String id, String source, String detailType, String detail) {
    Map<String, Object> event = envelope(id, source, detailType);
    event.put("resources", List.of());
    event.put("detail", LambdaJson.readObject(detail));
    return LambdaJson.write(event);
  }

  /**
   * Creates an event of a scheduled EventBridge rule, with an empty {@code detail}.
   *
   * @param id the event id, equal in every delivery
   * @param rule the name of the rule
   * @return the event
   */
  public static String scheduledRule(String id, String rule) {
    return scheduledRule(id, rule, TIME);
  }

  /**
   * Creates an event of a scheduled EventBridge rule with a given time.
   *
   * @param id the event id, equal in every delivery
   * @param rule the name of the rule
   * @param time the scheduled time, for example {@code 2026-01-01T00:00:00Z}
   * @return the event
   */
  public static String scheduledRule(String id, String rule, String time) {
    Map<String, Object> event = envelope(id, "aws.events", "Scheduled Event");
    event.put("time", time);
    event.put("resources", List.of(arn("events", "rule/" + rule)));
    event.put("detail", Map.of());
    return LambdaJson.write(event);
  }

  /**
   * Creates the event that EventBridge Scheduler sends for a schedule without an input. Its {@code
   * detail} is a string.
   *
   * @param id the event id, equal in every delivery
   * @param schedule the name of the schedule in the default group
   * @return the event
   */
  public static String scheduler(String id, String schedule) {
    return scheduler(id, schedule, TIME);
  }

  /**
   * Creates an event of EventBridge Scheduler with a given time.
   *
   * @param id the event id, equal in every delivery
   * @param schedule the name of the schedule in the default group
   * @param time the scheduled time, for example {@code 2026-01-01T00:00:00Z}
   * @return the event
   */
  public static String scheduler(String id, String schedule, String time) {
    Map<String, Object> event = envelope(id, "aws.scheduler", "Scheduled Event");
    event.put("time", time);
    event.put("resources", List.of(arn("scheduler", "schedule/default/" + schedule)));
    event.put("detail", "{}");
    return LambdaJson.write(event);
  }

  /**
   * Creates an event with a message from an SNS topic.
   *
   * @param id the message id, equal in every delivery
   * @param message the text of the message
   * @return the event
   */
  public static String sns(String id, String message) {
    String topic = "arn:aws:sns:" + REGION + ":" + ACCOUNT + ":orders";
    Map<String, Object> notification = new LinkedHashMap<>();
    notification.put("Type", "Notification");
    notification.put("MessageId", id);
    notification.put("TopicArn", topic);
    notification.put("Message", message);
    notification.put("Timestamp", "2026-01-01T00:00:00.000Z");
    notification.put("SignatureVersion", "1");
    notification.put("MessageAttributes", Map.of());
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("EventSource", "aws:sns");
    entry.put("EventVersion", "1.0");
    entry.put("EventSubscriptionArn", topic + ":00000000-0000-4000-8000-000000000000");
    entry.put("Sns", notification);
    return LambdaJson.write(records(List.of(entry)));
  }

  /**
   * Creates a notification from an S3 bucket.
   *
   * @param notifications the changes; S3 sends one per event
   * @return the event
   */
  public static String s3(S3Notification... notifications) {
    return LambdaJson.write(
        records(Stream.of(notifications).map(S3Notification::toRecord).toList()));
  }

  /**
   * Creates a request from an API Gateway REST API, or from an HTTP API with payload format 1.0.
   *
   * @param request the request
   * @return the event
   */
  public static String restApi(SampleHttpRequest request) {
    return LambdaJson.write(request.toRestApiEvent());
  }

  /**
   * Creates a request from an API Gateway HTTP API in payload format 2.0.
   *
   * @param request the request
   * @return the event
   */
  public static String httpApi(SampleHttpRequest request) {
    return LambdaJson.write(request.toHttpApiEvent(request.method() + " " + request.route()));
  }

  /**
   * Creates a request from a function URL, which has no routes.
   *
   * @param request the request
   * @return the event
   */
  public static String functionUrl(SampleHttpRequest request) {
    return LambdaJson.write(request.toHttpApiEvent("$default"));
  }

  /**
   * Creates a request from a load balancer. The event contains no caller and no route.
   *
   * @param request the request
   * @return the event
   */
  public static String loadBalancer(SampleHttpRequest request) {
    return LambdaJson.write(request.toLoadBalancerEvent());
  }

  /**
   * Creates a batch from one shard of a Kinesis data stream.
   *
   * @param records the records in order
   * @return the event
   */
  public static String kinesis(StreamRecord... records) {
    return LambdaJson.write(
        records(Stream.of(records).map(StreamRecord::toKinesisRecord).toList()));
  }

  /**
   * Creates a batch from one shard of a DynamoDB stream.
   *
   * @param records the changes in order
   * @return the event
   */
  public static String dynamoDbStream(StreamRecord... records) {
    return LambdaJson.write(
        records(Stream.of(records).map(StreamRecord::toDynamoDbRecord).toList()));
  }

  private static Map<String, Object> records(List<Map<String, Object>> records) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("Records", records);
    return event;
  }

  private static Map<String, Object> envelope(String id, String source, String detailType) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "0");
    event.put("id", id);
    event.put("detail-type", detailType);
    event.put("source", source);
    event.put("account", ACCOUNT);
    event.put("time", TIME);
    event.put("region", REGION);
    return event;
  }

  private static String arn(String service, String resource) {
    return String.join(":", "arn:aws", service, REGION, ACCOUNT, resource);
  }
}
