package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Instant;
import java.util.Map;

/**
 * What tells a reader of the log how near a busy message is to the dead-letter queue.
 *
 * @param id the message's id
 * @param receiveCount how often it was received, this time included; as SQS says it
 * @param sentAt when it was sent; as SQS says it where that is no time
 */
record Delivery(String id, String receiveCount, String sentAt) {

  static Delivery of(SQSMessage message) {
    Map<String, String> attributes =
        message.getAttributes() == null ? Map.of() : message.getAttributes();
    return new Delivery(
        message.getMessageId(),
        attributes.getOrDefault("ApproximateReceiveCount", ""),
        time(attributes.getOrDefault("SentTimestamp", "")));
  }

  private static String time(String millis) {
    return millis.matches("\\d{1,14}")
        ? Instant.ofEpochMilli(Long.parseLong(millis)).toString()
        : millis;
  }
}
