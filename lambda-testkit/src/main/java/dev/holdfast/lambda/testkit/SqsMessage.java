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

  private static final String SENT_TIMESTAMP = "1767225600000";

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

  Map<String, Object> toRecord() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("messageId", id);
    entry.put("receiptHandle", receiptHandle);
    entry.put("body", body);
    entry.put("attributes", attributes());
    entry.put("messageAttributes", Map.of());
    entry.put("md5OfBody", Md5.of(body));
    entry.put("eventSource", "aws:sqs");
    entry.put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:" + queueName());
    entry.put("awsRegion", "us-east-1");
    return entry;
  }

  private String queueName() {
    return group.isEmpty() ? "orders" : "orders.fifo";
  }

  private Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("ApproximateReceiveCount", Integer.toString(receiveCount));
    attributes.put("SentTimestamp", SENT_TIMESTAMP);
    attributes.put("SenderId", "AIDAEXAMPLEEXAMPLE000");
    attributes.put("ApproximateFirstReceiveTimestamp", SENT_TIMESTAMP);
    if (!group.isEmpty()) {
      attributes.put("SequenceNumber", "18850000000000000000");
      attributes.put("MessageGroupId", group);
      attributes.put("MessageDeduplicationId", id);
    }
    return attributes;
  }
}
