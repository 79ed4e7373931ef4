package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a handler of SQS does that says nothing about ids. */
class SqsDefaultsTest {
  private final Bench bench = new Bench();

  private final class Silent extends LockedSqsHandler {
    Silent() {
      super(bench.remembering());
    }

    @Override
    protected void handle(SQSMessage message, Lease lease, Context context) {
      bench.work(message.getMessageId() + " under " + lease.name());
    }
  }

  private String run(String event) throws IOException {
    return InProcess.of(new Silent()).invoke(event, bench.context());
  }

  @Test
  void fifoMessage_isLockedByItsGroup() throws IOException {
    run(SampleEvents.sqs(SqsMessage.of("m-1", "x").group("customer-7")));
    assertThat(bench.done).containsExactly("m-1 under customer-7");
  }

  @Test
  void fifoMessage_sentTwiceUnderOneDeduplicationId_isHandledOnce() throws IOException {
    String first = SampleEvents.sqs(SqsMessage.of("m-1", "x").group("customer-7"));
    String resent = first.replace("\"messageId\":\"m-1\"", "\"messageId\":\"m-2\"");
    run(first);
    assertThat(run(resent)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(bench.done).hasSize(1);
  }

  @Test
  void fifoMessage_ofAnotherQueue_isAnother() throws IOException {
    String first = SampleEvents.sqs(SqsMessage.of("m-1", "x").group("customer-7"));
    run(first);
    run(first.replace(":orders.fifo", ":bills.fifo"));
    assertThat(bench.done).hasSize(2);
  }

  @Test
  void standardMessage_isReportedSinceNothingSaysItsResource() throws IOException {
    assertThat(run(SampleEvents.sqs(SqsMessage.of("m-1", "x"))))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}");
    assertThat(bench.done).isEmpty();
    assertThat(bench.counts().puts()).isZero();
  }

  /** Fair queues have groups too, and no order: messages of one group may run side by side. */
  @Test
  void standardMessageWithAGroup_isNotLockedByIt() throws IOException {
    String fair =
        SampleEvents.sqs(SqsMessage.of("m-1", "x").group("tenant-7"))
            .replace(":orders.fifo", ":orders");
    assertThat(run(fair)).contains("m-1");
    assertThat(bench.done).isEmpty();
  }
}
