package dev.holdfast.lambda.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Message of a sample SQS event. Immutable.
 *
 * @param id the message id, equal in every delivery
 * @param body the body of the message
 * @param receiptHandle the receipt handle of this delivery
 * @param receiveCount the number of deliveries, including this one
 * @param group the message group of a FIFO queue, or an empty string for a standard queue
 */
public record SqsMessage(
    String id, String body, String receiptHandle, int receiveCount, String group) {

  private static final String SENT_TIMESTAMP = "1767225600000";

  /** Validates the values. */
  public SqsMessage {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("message id must not be empty");
    }
    if (receiveCount < 1) {
      throw new IllegalArgumentException("receive count must be at least 1, got " + receiveCount);
    }
  }

  /**
   * Creates a message of a standard queue in its first delivery.
   *
   * @param id the message id
   * @param body the body of the message
   * @return the message
   */
  public static SqsMessage of(String id, String body) {
    return new SqsMessage(id, body, "receipt-" + id, 1, "");
  }

  /**
   * Returns a copy in another delivery.
   *
   * @param receiptHandle the receipt handle of the delivery
   * @param receiveCount the number of deliveries, including this one
   * @return a new message
   */
  public SqsMessage delivery(String receiptHandle, int receiveCount) {
    return new SqsMessage(id, body, receiptHandle, receiveCount, group);
  }

  /**
   * Returns a copy in a message group of a FIFO queue.
   *
   * @param group the id of the message group
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
    entry.put("md5OfBody", md5(body));
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

  private static String md5(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
