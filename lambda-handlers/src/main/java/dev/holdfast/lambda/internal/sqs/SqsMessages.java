package dev.holdfast.lambda.internal.sqs;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.error.InvalidEventException;
import dev.holdfast.lambda.internal.keys.CompositeId;
import dev.holdfast.lambda.internal.keys.IdPointers;
import dev.holdfast.lambda.internal.records.BatchItemId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The messages of a batch, each of which can be reported by its id. */
public final class SqsMessages {

  private SqsMessages() {}

  /**
   * A message that is listed twice is one message. One without an id could not be reported, and a
   * report that SQS does not understand fails the whole batch after parts of it were worked on:
   * such a batch is refused before.
   */
  public static List<SQSMessage> requireReportable(@Nullable SQSEvent event) {
    List<SQSMessage> records = event == null ? null : event.getRecords();
    if (records == null) {
      throw new InvalidEventException(
          "event must be a batch of SQS messages, got one without Records: is this function invoked"
              + " by an SQS event source mapping?");
    }
    Map<String, SQSMessage> byId = new LinkedHashMap<>();
    for (int i = 0; i < records.size(); i++) {
      SQSMessage message = records.get(i);
      byId.putIfAbsent(requireMessageId(message, i), message);
    }
    return List.copyOf(byId.values());
  }

  private static String requireMessageId(@Nullable SQSMessage message, int index) {
    String id = message == null ? null : message.getMessageId();
    return BatchItemId.reportable(id)
        .orElseThrow(
            () ->
                new InvalidEventException(
                    "each message of a batch must have a messageId of valid Unicode, got none in"
                        + " Records["
                        + index
                        + "]"));
  }

  /**
   * The group whose order counts: that of a FIFO queue. Standard queues have groups without one.
   */
  public static Optional<String> fifoMessageGroup(SQSMessage message) {
    String queueArn = message.getEventSourceArn();
    boolean fifo = queueArn == null || queueArn.endsWith(".fifo");
    Map<String, String> attributes = message.getAttributes();
    return fifo && attributes != null
        ? Optional.ofNullable(attributes.get("MessageGroupId"))
        : Optional.empty();
  }

  /**
   * By what a message is known again: that of a FIFO queue by the queue and the id by which SQS
   * itself tells duplicates.
   */
  public static String eventId(SQSMessage message) {
    Map<String, String> attributes = message.getAttributes();
    String deduplicationId = attributes == null ? null : attributes.get("MessageDeduplicationId");
    return deduplicationId == null || fifoMessageGroup(message).isEmpty()
        ? message.getMessageId()
        : CompositeId.join(String.valueOf(message.getEventSourceArn()), deduplicationId);
  }

  public static InvalidEventException missingResourceId() {
    return new InvalidEventException(
        "a message that is of no FIFO queue does not say what must not be worked on at the same"
            + " time: override resourceId, or set environment variable "
            + IdPointers.RESOURCE_ID_VARIABLE
            + " to a JSON Pointer into the message, such as /body/orderId");
  }
}
