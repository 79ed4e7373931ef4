package dev.holdfast.lambda.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Events as JSON text in the shape that AWS sends them; what is in them is made up. */
public final class SampleEvents {
  private static final String ACCOUNT = "123456789012";
  private static final String REGION = "us-east-1";
  private static final String TIME = "2026-01-01T00:00:00Z";

  private SampleEvents() {}

  /**
   * A batch from an SQS queue.
   *
   * @param messages its messages, in order
   * @return the event
   */
  public static String sqs(SqsMessage... messages) {
    return sqs(List.of(messages));
  }

  /**
   * A batch from an SQS queue.
   *
   * @param messages its messages, in order
   * @return the event
   */
  public static String sqs(List<SqsMessage> messages) {
    return LambdaJson.write(records(messages.stream().map(SqsMessage::toRecord).toList()));
  }

  /**
   * An event that matched a rule of an EventBridge bus.
   *
   * @param id the event's id, the same at each delivery
   * @param source who published it, for example {@code shop.orders}
   * @param detailType what happened, for example {@code OrderPlaced}
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
   * What a schedule rule of EventBridge sends: an empty {@code detail}.
   *
   * @param id the event's id, the same at each delivery
   * @param rule the rule's name
   * @return the event
   */
  public static String scheduledRule(String id, String rule) {
    return scheduledRule(id, rule, TIME);
  }

  /**
   * What a schedule rule of EventBridge sends at a time.
   *
   * @param id the event's id, the same at each delivery
   * @param rule the rule's name
   * @param time when it was to run, for example {@code 2026-01-01T00:00:00Z}
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
   * What EventBridge Scheduler sends where the schedule has no input of its own: its {@code detail}
   * is a string.
   *
   * @param id the event's id, the same at each delivery
   * @param schedule the schedule's name, in the default group
   * @return the event
   */
  public static String scheduler(String id, String schedule) {
    return scheduler(id, schedule, TIME);
  }

  /**
   * What EventBridge Scheduler sends at a time.
   *
   * @param id the event's id, the same at each delivery
   * @param schedule the schedule's name, in the default group
   * @param time when it was to run, for example {@code 2026-01-01T00:00:00Z}
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
   * A message from an SNS topic.
   *
   * @param id the message's id, the same at each delivery
   * @param message the message's text
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
   * A notification from an S3 bucket.
   *
   * @param notifications what happened to which objects; S3 sends one at a time
   * @return the event
   */
  public static String s3(S3Notification... notifications) {
    return LambdaJson.write(
        records(Stream.of(notifications).map(S3Notification::toRecord).toList()));
  }

  /**
   * A request from a REST API of API Gateway, or from an HTTP API with payload format 1.0.
   *
   * @param request the request
   * @return the event
   */
  public static String restApi(SampleHttpRequest request) {
    return LambdaJson.write(request.toRestApiEvent());
  }

  /**
   * A request from an HTTP API of API Gateway, in payload format 2.0.
   *
   * @param request the request
   * @return the event
   */
  public static String httpApi(SampleHttpRequest request) {
    return LambdaJson.write(request.toHttpApiEvent(request.method() + " " + request.route()));
  }

  /**
   * A request from a function URL, which has no routes.
   *
   * @param request the request
   * @return the event
   */
  public static String functionUrl(SampleHttpRequest request) {
    return LambdaJson.write(request.toHttpApiEvent("$default"));
  }

  /**
   * A request from a load balancer, which tells no caller and has no routes.
   *
   * @param request the request
   * @return the event
   */
  public static String loadBalancer(SampleHttpRequest request) {
    return LambdaJson.write(request.toLoadBalancerEvent());
  }

  /**
   * A batch from one shard of a Kinesis data stream.
   *
   * @param records its records, in order
   * @return the event
   */
  public static String kinesis(StreamRecord... records) {
    return LambdaJson.write(
        records(Stream.of(records).map(StreamRecord::toKinesisRecord).toList()));
  }

  /**
   * A batch from one shard of a DynamoDB stream.
   *
   * @param records the changes, in order
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
