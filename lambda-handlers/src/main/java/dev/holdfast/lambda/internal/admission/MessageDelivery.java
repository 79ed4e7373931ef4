package dev.holdfast.lambda.internal.admission;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What tells a reader of the log how near a busy message is to the dead-letter queue.
 *
 * @param id the message's id
 * @param receiveCount how often it was received, this time included; as SQS says it
 * @param sentAt when it was sent; as SQS says it where that is no time
 * @param ageSeconds how long ago that was
 */
public record MessageDelivery(
    String id, String receiveCount, String sentAt, OptionalLong ageSeconds) {

  public static MessageDelivery of(SQSMessage message, Instant now) {
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
}
