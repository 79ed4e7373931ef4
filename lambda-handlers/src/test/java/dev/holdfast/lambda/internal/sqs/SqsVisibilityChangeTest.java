package dev.holdfast.lambda.internal.sqs;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.fifoMessage;
import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.model.BusyMessage;
import dev.holdfast.lambda.model.SqsOptions;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.Holder;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the visibility timeouts of busy messages. */
class SqsVisibilityChangeTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final GuardFixture fixture = new GuardFixture();
  private final List<String> visibilityChanges = new ArrayList<>();
  private final Guard guard = fixture.deduplicatingGuard().maxWait(Duration.ZERO);
  private final SqsOptions options =
      SqsOptions.DEFAULT.changingVisibility(this::recordVisibilityChange);
  private final SqsBatchFixture batch = new SqsBatchFixture(fixture, guard, options);
  private final OtherHost other = OtherHost.on(fixture.table, fixture.time);

  private void recordVisibilityChange(BusyMessage message) {
    visibilityChanges.add(
        message.message().getMessageId() + " for " + message.visibilityTimeoutSeconds() + " s");
  }

  @Test
  void busyMessage_visibilityIsTheTimeTheLockHasBeenHeld() {
    other.acquire("order-1");
    fixture.time.advance(Duration.ofMillis(2_700));
    assertThat(batch.run(message(1, "order-1"), message(2, "order-2"))).containsExactly("m-1");
    assertThat(visibilityChanges).containsExactly("m-1 for 3 s");
  }

  @Test
  void processedFailedOrUnstartedMessage_visibilityIsUnchanged() {
    var otherLock = other.acquire("order-1");
    fixture.time.runAfter(Duration.ofMillis(200), otherLock::close);
    batch.failingIds = Set.of("m-2");
    SqsBatchFixture waitingBatch =
        new SqsBatchFixture(fixture, fixture.deduplicatingGuard(), options);
    waitingBatch.failingIds = Set.of("m-2");
    assertThat(waitingBatch.run(message(1, "order-1"), message(2, "order-2")))
        .containsExactly("m-2");
    fixture.table.faults().always(Fault.DENIED);
    assertThat(waitingBatch.run(message(3, "order-3"))).containsExactly("m-3");
    assertThat(visibilityChanges).isEmpty();
  }

  @Test
  void busyFifoMessage_visibilityOfItsGroupChangesToo() {
    other.acquire("a");
    fixture.time.advance(Duration.ofSeconds(2));
    batch.run(fifoMessage(1, "a", "a"), fifoMessage(2, "free", "a"), fifoMessage(3, "b", "b"));
    assertThat(visibilityChanges).containsExactly("m-1 for 2 s", "m-2 for 2 s");
  }

  @Test
  void visibilityChange_fails_reportIsUnchanged() {
    other.acquire("order-1");
    other.acquire("order-2");
    SqsOptions failingOptions =
        SqsOptions.DEFAULT.changingVisibility(
            message -> {
              recordVisibilityChange(message);
              throw new IllegalStateException("not allowed");
            });
    SqsMessage[] messages = {message(1, "order-1"), message(2, "order-2")};
    assertThat(new SqsBatchFixture(fixture, guard, failingOptions).run(messages))
        .containsExactly("m-1", "m-2");
    assertThat(visibilityChanges).hasSize(2);
  }

  @Test
  void noTimeLeft_visibilityIsUnchangedAndReportIsReturned() {
    other.acquire("order-1");
    Guard guardWithoutMinimum = guard.minRemainingTime(Duration.ZERO);
    assertThat(
            new SqsBatchFixture(fixture, guardWithoutMinimum, options)
                .run(
                    fixture.context().remainingTime(Duration.ofMillis(250)), message(1, "order-1")))
        .containsExactly("m-1");
    assertThat(visibilityChanges).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 900, 1",
    "1, 900, 1",
    "1001, 900, 2",
    "60000, 900, 60",
    "600000, 900, 301",
    "899000, 900, 2",
    "950000, 900, 1",
    "50000000, 86400, 36401",
    "43201000, 86400, 43200",
  })
  void redeliveryDelay_isBoundedByTheLease(long heldMillis, long leaseSeconds, long seconds) {
    Instant acquired = NOW.minusMillis(heldMillis);
    Holder holder =
        new Holder("someone", Optional.empty(), acquired, acquired.plusSeconds(leaseSeconds));
    assertThat(RedeliveryDelay.estimate(holder, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void redeliveryDelay_holderClockAhead_isOneSecond() {
    Holder holder =
        new Holder("someone", Optional.empty(), NOW.plusSeconds(1), NOW.plusSeconds(900));
    assertThat(RedeliveryDelay.estimate(holder, NOW)).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:sqs:us-east-1:123456789012:q, https://sqs.us-east-1.amazonaws.com/123456789012/q",
    "arn:aws-cn:sqs:cn-north-1:123456789012:q.fifo,"
        + " https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q.fifo",
  })
  void busyMessage_queueUrl_isDerivedFromTheArn(String arn, String url) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("m-1");
    message.setBody("a secret");
    message.setReceiptHandle("receipt");
    message.setEventSourceArn(arn);
    BusyMessage busy = new BusyMessage(message, Duration.ofSeconds(7));
    assertThat(busy.queueUrl()).isEqualTo(url);
    assertThat(busy.receiptHandle()).isEqualTo("receipt");
    assertThat(busy).hasToString("BusyMessage[m-1, PT7S]");
  }

  @Test
  void busyMessage_withoutQueueArn_fails() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new BusyMessage(new SQSMessage(), Duration.ofSeconds(1)).queueUrl())
        .withMessage("message must have the ARN of its queue, got null");
  }
}
