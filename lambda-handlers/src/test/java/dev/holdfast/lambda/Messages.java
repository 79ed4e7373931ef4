package dev.holdfast.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Batches of SQS messages, as the events library reads them. */
final class Messages {
  private static final String QUEUE = "arn:aws:sqs:us-east-1:123456789012:orders";

  private Messages() {}

  static SQSEvent batch(SQSMessage... messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(messages));
    return event;
  }

  /** A message of a standard queue, whose body is the id of its resource. */
  static SQSMessage message(String id, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    message.setEventSourceArn(QUEUE);
    message.setAttributes(Map.of("ApproximateReceiveCount", "1"));
    return message;
  }

  /** A message of a FIFO queue. */
  static SQSMessage ordered(String id, String body, String group) {
    SQSMessage message = message(id, body);
    message.setEventSourceArn(QUEUE + ".fifo");
    message.setAttributes(Map.of("MessageGroupId", group));
    return message;
  }

  static List<String> failures(SQSBatchResponse response) {
    return Stream.ofNullable(response.getBatchItemFailures())
        .flatMap(List::stream)
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }
}
