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

/** Functions that validate SQS batches and read the ids of their messages. */
public final class SqsMessages {

  private SqsMessages() {}

  /**
   * Returns the messages of a batch, each message id once. Every message must have a valid id: a
   * batch item failure that SQS cannot read fails the whole batch after a part of it was handled.
   *
   * @throws InvalidEventException if the event is not a batch of SQS messages, or a message has no
   *     id that can be reported
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

  /** Returns the message group of a FIFO queue. Groups of standard queues have no order. */
  public static Optional<String> fifoMessageGroup(SQSMessage message) {
    String queueArn = message.getEventSourceArn();
    boolean fifo = queueArn == null || queueArn.endsWith(".fifo");
    Map<String, String> attributes = message.getAttributes();
    return fifo && attributes != null
        ? Optional.ofNullable(attributes.get("MessageGroupId"))
        : Optional.empty();
  }

  /**
   * Returns the id that is the same for each delivery of a message: in a FIFO queue, the queue with
   * the message deduplication id; in a standard queue, the message id.
   */
  public static String eventId(SQSMessage message) {
    Map<String, String> attributes = message.getAttributes();
    String deduplicationId = attributes == null ? null : attributes.get("MessageDeduplicationId");
    return deduplicationId == null || fifoMessageGroup(message).isEmpty()
        ? message.getMessageId()
        : CompositeId.join(String.valueOf(message.getEventSourceArn()), deduplicationId);
  }

  /** Returns the error of a message without a resource id. */
  public static InvalidEventException missingResourceId() {
    return new InvalidEventException(
        "message of a standard queue has no default resource id: override resourceId, or set"
            + " environment variable "
            + IdPointers.RESOURCE_ID_VARIABLE
            + " to a JSON Pointer into the message, such as /body/orderId");
  }
}
