package dev.holdfast.lambda;

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
record Delivery(String id, String receiveCount, String sentAt, OptionalLong ageSeconds) {

  static Delivery of(SQSMessage message, Instant now) {
    Map<String, String> attributes =
        message.getAttributes() == null ? Map.of() : message.getAttributes();
    String count = attributes.getOrDefault("ApproximateReceiveCount", "");
    String sent = attributes.getOrDefault("SentTimestamp", "");
    if (!sent.matches("\\d{1,14}")) {
      return new Delivery(message.getMessageId(), count, sent, OptionalLong.empty());
    }
    Instant sentAt = Instant.ofEpochMilli(Long.parseLong(sent));
    OptionalLong age = OptionalLong.of(Duration.between(sentAt, now).toSeconds());
    return new Delivery(message.getMessageId(), count, sentAt.toString(), age);
  }
}
