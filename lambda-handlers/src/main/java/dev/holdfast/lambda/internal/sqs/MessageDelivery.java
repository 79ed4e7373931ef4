package dev.holdfast.lambda.internal.sqs;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.internal.log.LogContext;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(LogContext.LOGGER_NAME);

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

  /** Logs that the lock of this message is held by another holder. */
  void logBusy(Holder holder, Duration maxWait, String requestId) {
    LOG.info(
        "outcome=busy message={} receiveCount={} sentAt={} ageSeconds={} holder={}"
            + " leaseExpiresAt={} maxWaitMillis={} request={}",
        LogText.value(id),
        LogText.value(receiveCount),
        LogText.value(sentAt),
        ageSeconds.isPresent() ? ageSeconds.getAsLong() : "\"\"",
        LogText.value(holder.description()),
        holder.leaseExpiresAt(),
        maxWait.toMillis(),
        LogText.value(requestId));
  }
}
