package dev.holdfast.demo.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.demo.workload.WorkItem;
import dev.holdfast.demo.workload.WorkloadMessage;
import dev.holdfast.demo.workload.WorkloadMessage.Redelivery;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Runs against the SQS server of the demo. */
final class AtLeastOnceQueueTest {
  private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration WAIT_TIME = Duration.ofSeconds(10);
  private static LocalSqsServer server;

  @BeforeAll
  static void start() {
    server = LocalSqsServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void receive_withoutRedelivery_deliversOnce() {
    SqsQueue queue = server.create("ordinary", VISIBILITY_TIMEOUT);
    AtLeastOnceQueue atLeastOnce = withMessage(queue, Redelivery.NONE);

    atLeastOnce.acknowledge(onlyMessage(atLeastOnce.receive(10, WAIT_TIME)));

    assertThat(queue.size()).isZero();
  }

  @Test
  void receive_redeliveryDuringProcessing_deliversAgainBeforeFirstAcknowledge() {
    SqsQueue queue = server.create("while", VISIBILITY_TIMEOUT);
    AtLeastOnceQueue atLeastOnce = withMessage(queue, Redelivery.DURING_PROCESSING);

    Message first = onlyMessage(atLeastOnce.receive(10, WAIT_TIME));
    Message second = onlyMessage(atLeastOnce.receive(10, WAIT_TIME));

    assertThat(second.messageId()).isEqualTo(first.messageId());
    assertThat(receiveCount(second)).isEqualTo("2");
    atLeastOnce.acknowledge(first);
    assertThat(queue.size()).as("an old receipt handle deletes nothing").isEqualTo(1);
    atLeastOnce.acknowledge(second);
    assertThat(queue.size()).isZero();
  }

  @Test
  void acknowledge_redeliveryAfterProcessing_deliversOnceMore() {
    SqsQueue queue = server.create("after", VISIBILITY_TIMEOUT);
    AtLeastOnceQueue atLeastOnce = withMessage(queue, Redelivery.AFTER_PROCESSING);

    atLeastOnce.acknowledge(onlyMessage(atLeastOnce.receive(10, WAIT_TIME)));
    Message second = onlyMessage(atLeastOnce.receive(10, WAIT_TIME));

    assertThat(receiveCount(second)).isEqualTo("2");
    atLeastOnce.acknowledge(second);
    assertThat(queue.size()).isZero();
  }

  private static AtLeastOnceQueue withMessage(SqsQueue queue, Redelivery redelivery) {
    WorkItem workItem = new WorkItem("order-1", "pay", "id-1", Duration.ZERO);
    WorkloadMessage message = new WorkloadMessage(workItem, 1, Duration.ZERO, redelivery);
    queue.send(message.body());
    return new AtLeastOnceQueue(queue, List.of(message));
  }

  private static Message onlyMessage(List<Message> batch) {
    assertThat(batch).hasSize(1);
    return batch.get(0);
  }

  private static String receiveCount(Message message) {
    return String.valueOf(
        message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
  }
}
