package dev.holdfast.demo.cloud;

import dev.holdfast.demo.plan.PlannedMessage;
import dev.holdfast.demo.plan.Redelivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A queue that delivers the planned messages twice, each with one message id and a receive count of
 * 2, as SQS does when a server misses a deletion or a visibility time-out. Thread-safe.
 */
public final class AtLeastOnceQueue {
  private static final String FIRST = "1";

  private final Queue queue;
  private final Map<String, Redelivery> redeliveries;

  /**
   * Wraps a queue.
   *
   * @param queue the queue
   * @param plan which of its messages are delivered twice
   */
  public AtLeastOnceQueue(Queue queue, List<PlannedMessage> plan) {
    this.queue = queue;
    redeliveries =
        plan.stream().collect(Collectors.toMap(PlannedMessage::body, PlannedMessage::redelivery));
  }

  String arn() {
    return queue.arn();
  }

  List<Message> receive(int most, Duration wait) {
    List<Message> batch = queue.receive(most, wait);
    batch.stream().filter(m -> isDue(m, Redelivery.WHILE_HANDLED)).forEach(queue::deliverAgain);
    return batch;
  }

  /** Deletes a message that was handled, unless this deletion is to get lost. */
  void handled(Message message) {
    if (isDue(message, Redelivery.AFTER_HANDLED)) {
      queue.deliverAgain(message);
    } else {
      queue.delete(message);
    }
  }

  private boolean isDue(Message message, Redelivery kind) {
    boolean first =
        FIRST.equals(
            message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
    return first && redeliveries.get(message.body()) == kind;
  }
}
