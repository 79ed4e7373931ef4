package dev.holdfast.lambda.internal.sqs;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.internal.log.LogValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Delivery data of a message. In the log, it shows how close a busy message is to the dead-letter
 * queue.
 *
 * @param id the message id
 * @param receiveCount the number of receives so far, this one included; as SQS sends it
 * @param sentAt the time when the message was sent; as SQS sends it if that is not a timestamp
 * @param ageSeconds the time since then; empty if that is unknown
 */
record MessageDelivery(String id, String receiveCount, String sentAt, OptionalLong ageSeconds) {

  static MessageDelivery of(SQSMessage message, Instant now) {
    Map<String, String> attributes =
        message.getAttributes() == null ? Map.of() : message.getAttributes();
    String receiveCount = attributes.getOrDefault("ApproximateReceiveCount", "");
    String sentTimestamp = attributes.getOrDefault("SentTimestamp", "");
    if (!sentTimestamp.matches("\\d{1,14}")) {
      return new MessageDelivery(
          message.getMessageId(), receiveCount, sentTimestamp, OptionalLong.empty());
    }
    Instant sentAt = Instant.ofEpochMilli(Long.parseLong(sentTimestamp));
    OptionalLong age = OptionalLong.of(Duration.between(sentAt, now).toSeconds());
    return new MessageDelivery(message.getMessageId(), receiveCount, sentAt.toString(), age);
  }

  /** Returns the data as key=value pairs. */
  String toLogPairs() {
    return "message="
        + LogValue.of(id)
        + " receiveCount="
        + LogValue.of(receiveCount)
        + " sentAt="
        + LogValue.of(sentAt)
        + " ageSeconds="
        + (ageSeconds.isPresent() ? Long.toString(ageSeconds.getAsLong()) : "\"\"");
  }
}
