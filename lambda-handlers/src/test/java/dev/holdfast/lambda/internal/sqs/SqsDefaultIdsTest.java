package dev.holdfast.lambda.internal.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.LockedSqsHandler;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Tests an SQS handler that defines no ids. */
class SqsDefaultIdsTest {
  private final GuardFixture fixture = new GuardFixture();

  private final class DefaultIdsHandler extends LockedSqsHandler {
    DefaultIdsHandler() {
      super(fixture.deduplicatingGuard());
    }

    @Override
    protected void handle(SQSMessage message, Lease lease, Context context) {
      fixture.process(message.getMessageId() + " under " + lease.name());
    }
  }

  private String run(String event) throws IOException {
    return InProcessInvoker.of(new DefaultIdsHandler()).invoke(event, fixture.context());
  }

  @Test
  void fifoMessage_default_isLockedByItsGroup() throws IOException {
    run(SampleEvents.sqs(SqsMessage.of("m-1", "x").group("customer-7")));
    assertThat(fixture.processed).containsExactly("m-1 under customer-7");
  }

  @Test
  void fifoMessage_sentTwiceWithOneDeduplicationId_isProcessedOnce() throws IOException {
    String first = SampleEvents.sqs(SqsMessage.of("m-1", "x").group("customer-7"));
    String resent = first.replace("\"messageId\":\"m-1\"", "\"messageId\":\"m-2\"");
    run(first);
    assertThat(run(resent)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(fixture.processed).hasSize(1);
  }

  @Test
  void fifoMessage_fromAnotherQueue_isProcessed() throws IOException {
    String first = SampleEvents.sqs(SqsMessage.of("m-1", "x").group("customer-7"));
    run(first);
    run(first.replace(":orders.fifo", ":bills.fifo"));
    assertThat(fixture.processed).hasSize(2);
  }

  @Test
  void standardMessage_withoutResourceId_isReported() throws IOException {
    assertThat(run(SampleEvents.sqs(SqsMessage.of("m-1", "x"))))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}");
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.counts().puts()).isZero();
  }

  /** Sends a message of a fair queue, where messages of one group may run in parallel. */
  @Test
  void standardMessage_withGroup_isNotLockedByIt() throws IOException {
    String fair =
        SampleEvents.sqs(SqsMessage.of("m-1", "x").group("tenant-7"))
            .replace(":orders.fifo", ":orders");
    assertThat(run(fair)).contains("m-1");
    assertThat(fixture.processed).isEmpty();
  }
}
