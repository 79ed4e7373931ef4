package dev.holdfast.demo.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.demo.plan.PlannedMessage;
import dev.holdfast.demo.plan.PlannedWork;
import dev.holdfast.demo.plan.Redelivery;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** On the real queue server. */
final class AtLeastOnceQueueTest {
  private static final Duration VISIBILITY = Duration.ofMinutes(10);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static QueueServer server;

  @BeforeAll
  static void start() {
    server = QueueServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void ordinaryMessage_isDeliveredOnceAndGone() {
    Queue queue = server.create("ordinary", VISIBILITY);
    AtLeastOnceQueue twice = holding(queue, Redelivery.NONE);

    twice.handled(only(twice.receive(10, LONG)));

    assertThat(queue.size()).isZero();
  }

  @Test
  void messageRedeliveredWhileHandled_comesAgainBeforeTheFirstIsHandled() {
    Queue queue = server.create("while", VISIBILITY);
    AtLeastOnceQueue twice = holding(queue, Redelivery.WHILE_HANDLED);

    Message first = only(twice.receive(10, LONG));
    Message second = only(twice.receive(10, LONG));

    assertThat(second.messageId()).isEqualTo(first.messageId());
    assertThat(receiveCount(second)).isEqualTo("2");
    twice.handled(first);
    assertThat(queue.size()).as("an old receipt handle deletes nothing").isEqualTo(1);
    twice.handled(second);
    assertThat(queue.size()).isZero();
  }

  @Test
  void messageRedeliveredAfterItWasHandled_comesAgainOnce() {
    Queue queue = server.create("after", VISIBILITY);
    AtLeastOnceQueue twice = holding(queue, Redelivery.AFTER_HANDLED);

    twice.handled(only(twice.receive(10, LONG)));
    Message second = only(twice.receive(10, LONG));

    assertThat(receiveCount(second)).isEqualTo("2");
    twice.handled(second);
    assertThat(queue.size()).isZero();
  }

  private static AtLeastOnceQueue holding(Queue queue, Redelivery redelivery) {
    PlannedWork work = new PlannedWork("order-1", "pay", "id-1", Duration.ZERO);
    PlannedMessage message = new PlannedMessage(work, 1, Duration.ZERO, redelivery);
    queue.send(message.body());
    return new AtLeastOnceQueue(queue, List.of(message));
  }

  private static Message only(List<Message> batch) {
    assertThat(batch).hasSize(1);
    return batch.get(0);
  }

  private static String receiveCount(Message message) {
    return String.valueOf(
        message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
  }
}
