package dev.holdfast.demo.aws;

import dev.holdfast.demo.workload.WorkloadMessage;
import dev.holdfast.demo.workload.WorkloadMessage.Redelivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Queue that delivers the selected messages twice, with the same message id and a receive count of
 * 2. SQS does so if a server misses a deletion or if a visibility timeout ends. Thread-safe.
 */
public final class AtLeastOnceQueue {
  private static final String FIRST_RECEIVE = "1";

  private final SqsQueue queue;
  private final Map<String, Redelivery> redeliveries;

  /**
   * Wraps a queue.
   *
   * @param queue the queue
   * @param messages the messages of the workload, each with its kind of redelivery
   */
  public AtLeastOnceQueue(SqsQueue queue, List<WorkloadMessage> messages) {
    this.queue = queue;
    redeliveries =
        messages.stream()
            .collect(Collectors.toMap(WorkloadMessage::body, WorkloadMessage::redelivery));
  }

  String arn() {
    return queue.arn();
  }

  List<Message> receive(int maxMessages, Duration waitTime) {
    List<Message> batch = queue.receive(maxMessages, waitTime);
    batch.stream()
        .filter(m -> isRedeliveryDue(m, Redelivery.DURING_PROCESSING))
        .forEach(queue::makeVisible);
    return batch;
  }

  /** Deletes a processed message, unless the workload says that this deletion is lost. */
  void acknowledge(Message message) {
    if (isRedeliveryDue(message, Redelivery.AFTER_PROCESSING)) {
      queue.makeVisible(message);
    } else {
      queue.delete(message);
    }
  }

  private boolean isRedeliveryDue(Message message, Redelivery kind) {
    boolean firstReceive =
        FIRST_RECEIVE.equals(
            message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
    return firstReceive && redeliveries.get(message.body()) == kind;
  }
}
