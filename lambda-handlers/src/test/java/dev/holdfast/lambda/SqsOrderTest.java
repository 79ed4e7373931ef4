package dev.holdfast.lambda;

import static dev.holdfast.lambda.Messages.batch;
import static dev.holdfast.lambda.Messages.failures;
import static dev.holdfast.lambda.Messages.message;
import static dev.holdfast.lambda.Messages.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lock.HeldLock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqsOrderTest {
  private final Bench bench = new Bench();

  private List<String> handled(MessageWork work, SQSMessage... messages) {
    return failures(
        bench.guard().eachMessage(batch(messages), bench.context(), SQSMessage::getBody, work));
  }

  private List<String> handled(SQSMessage... messages) {
    return handled((message, lease) -> bench.work(message.getMessageId()), messages);
  }

  @Test
  void busyMessage_itsGroupWaitsBehindIt_andOtherGroupsGoOn() throws Exception {
    HeldLock elsewhere = bench.locks.acquire("a");
    MessageWork work =
        (message, lease) -> {
          bench.work(message.getMessageId());
          elsewhere.close();
        };

    List<String> failed =
        handled(
            work,
            ordered("m-1", "a", "group-1"),
            ordered("m-2", "b", "group-1"),
            ordered("m-3", "c", "group-2"));

    assertThat(failed).isEmpty();
    assertThat(bench.done).containsExactly("m-3", "m-1", "m-2");
  }

  @Test
  void busyMessage_stillBusy_stopsItsOwnGroup() throws Exception {
    try (HeldLock elsewhere = bench.locks.acquire("a")) {
      List<String> failed =
          handled(
              ordered("m-1", "a", "group-1"),
              ordered("m-2", "b", "group-1"),
              ordered("m-3", "c", "group-2"));
      assertThat(failed).containsExactly("m-1", "m-2");
      assertThat(elsewhere.isHeld()).isTrue();
    }
    assertThat(bench.done).containsExactly("m-3");
  }

  @Test
  void failedMessage_stopsItsOwnGroup() {
    MessageWork work =
        (message, lease) -> {
          if (message.getMessageId().equals("m-1")) {
            throw new IllegalStateException("no such order");
          }
          bench.work(message.getMessageId());
        };
    List<String> failed =
        handled(
            work,
            ordered("m-1", "a", "group-1"),
            ordered("m-2", "b", "group-1"),
            ordered("m-3", "c", "group-2"));
    assertThat(failed).containsExactly("m-1", "m-2");
    assertThat(bench.done).containsExactly("m-3");
  }

  @Test
  void groupsOfAStandardQueue_haveNoOrder() throws Exception {
    SQSMessage first = message("m-1", "a");
    first.setAttributes(Map.of("MessageGroupId", "group-1"));
    SQSMessage second = message("m-2", "b");
    second.setAttributes(Map.of("MessageGroupId", "group-1"));
    try (HeldLock elsewhere = bench.locks.acquire("a")) {
      assertThat(handled(first, second)).containsExactly("m-1");
      assertThat(elsewhere.isHeld()).isTrue();
    }
    assertThat(bench.done).containsExactly("m-2");
  }
}
