package dev.holdfast.lambda.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One message of a sample SQS event. Immutable.
 *
 * @param id the message's id, the same at each delivery
 * @param body the message's body
 * @param receiptHandle the handle of this delivery
 * @param receiveCount how often the message has been delivered, this time included
 * @param group the message group of a FIFO queue; empty for a standard queue
 */
public record SqsMessage(
    String id, String body, String receiptHandle, int receiveCount, String group) {

  private static final String SENT_AT = "1767225600000";

  /** Checks the values. */
  public SqsMessage {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("message id must not be empty");
    }
    if (receiveCount < 1) {
      throw new IllegalArgumentException("receive count must be at least 1, got " + receiveCount);
    }
  }

  /**
   * A message of a standard queue, delivered for the first time.
   *
   * @param id the message's id
   * @param body the message's body
   * @return the message
   */
  public static SqsMessage of(String id, String body) {
    return new SqsMessage(id, body, "receipt-" + id, 1, "");
  }

  /**
   * The same in another delivery.
   *
   * @param receiptHandle the handle of that delivery
   * @param receiveCount how often the message has been delivered then
   * @return a new message
   */
  public SqsMessage delivery(String receiptHandle, int receiveCount) {
    return new SqsMessage(id, body, receiptHandle, receiveCount, group);
  }

  /**
   * The same in a message group of a FIFO queue.
   *
   * @param group the group's id
   * @return a new message
   */
  public SqsMessage group(String group) {
    return new SqsMessage(id, body, receiptHandle, receiveCount, group);
  }

  Map<String, Object> asRecord() {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("messageId", id);
    message.put("receiptHandle", receiptHandle);
    message.put("body", body);
    message.put("attributes", attributes());
    message.put("messageAttributes", Map.of());
    message.put("md5OfBody", Md5.of(body));
    message.put("eventSource", "aws:sqs");
    message.put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:" + queue());
    message.put("awsRegion", "us-east-1");
    return message;
  }

  private String queue() {
    return group.isEmpty() ? "orders" : "orders.fifo";
  }

  private Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("ApproximateReceiveCount", Integer.toString(receiveCount));
    attributes.put("SentTimestamp", SENT_AT);
    attributes.put("SenderId", "AIDAEXAMPLEEXAMPLE000");
    attributes.put("ApproximateFirstReceiveTimestamp", SENT_AT);
    if (!group.isEmpty()) {
      attributes.put("SequenceNumber", "18850000000000000000");
      attributes.put("MessageGroupId", group);
      attributes.put("MessageDeduplicationId", id);
    }
    return attributes;
  }
}
