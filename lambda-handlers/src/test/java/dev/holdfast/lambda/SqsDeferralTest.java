package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.fifo;
import static dev.holdfast.lambda.Batch.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.Lease;
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

/** Busy messages come again when their lock should be free. */
class SqsDeferralTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Bench bench = new Bench();
  private final List<String> deferred = new ArrayList<>();
  private final Guard guard = bench.remembering().waitUpTo(Duration.ZERO).deferringBusy(this::note);
  private final Batch batch = new Batch(bench, guard);
  private final OtherHost other = OtherHost.on(bench.table, bench.time);

  private void note(BusyMessage message) {
    deferred.add(message.message().getMessageId() + " for " + message.seconds() + " s");
  }

  @Test
  void busyMessage_isDeferredForAsLongAsItsLockHasBeenHeld() {
    other.holds("order-1");
    bench.time.advance(Duration.ofMillis(2_700));
    assertThat(batch.run(message(1, "order-1"), message(2, "order-2"))).containsExactly("m-1");
    assertThat(deferred).containsExactly("m-1 for 3 s");
  }

  @Test
  void nothingIsDeferred_thatWasHandledInTheEnd_orFailed_orWasNotBegun() {
    var theirs = other.holds("order-1");
    bench.time.after(Duration.ofMillis(200), theirs::close);
    batch.broken = Set.of("m-2");
    Guard waiting = bench.remembering().deferringBusy(this::note);
    Batch patient = new Batch(bench, waiting);
    patient.broken = Set.of("m-2");
    assertThat(patient.run(message(1, "order-1"), message(2, "order-2"))).containsExactly("m-2");
    bench.table.faults().every(Fault.DENIED);
    assertThat(patient.run(message(3, "order-3"))).containsExactly("m-3");
    assertThat(deferred).isEmpty();
  }

  @Test
  void restOfAGroup_isDeferredWithItsFirst() {
    other.holds("a");
    bench.time.advance(Duration.ofSeconds(2));
    batch.run(fifo(1, "a", "a"), fifo(2, "free", "a"), fifo(3, "b", "b"));
    assertThat(deferred).containsExactly("m-1 for 2 s", "m-2 for 2 s");
  }

  @Test
  void deferralThatFails_changesNothingOfTheReport() {
    other.holds("order-1");
    other.holds("order-2");
    Guard failing =
        guard.deferringBusy(
            message -> {
              note(message);
              throw new IllegalStateException("not allowed");
            });
    SqsMessage[] both = {message(1, "order-1"), message(2, "order-2")};
    assertThat(new Batch(bench, failing).run(both)).containsExactly("m-1", "m-2");
    assertThat(deferred).hasSize(2);
  }

  @Test
  void noTimeLeft_nothingIsDeferred_andTheReportGetsOut() {
    other.holds("order-1");
    Guard slow = guard.timeNeeded(Duration.ZERO);
    assertThat(
            new Batch(bench, slow)
                .run(bench.context().remaining(Duration.ofMillis(250)), message(1, "order-1")))
        .containsExactly("m-1");
    assertThat(deferred).isEmpty();
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
  void deferral_isBoundedByTheHold(long heldMillis, long leaseSeconds, long seconds) {
    Instant acquired = NOW.minusMillis(heldMillis);
    Holder holder =
        new Holder("someone", Optional.empty(), acquired, acquired.plusSeconds(leaseSeconds));
    assertThat(Deferral.until(holder, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void holderWhoseClockIsAhead_isDeferredForASecond() {
    Holder holder =
        new Holder("someone", Optional.empty(), NOW.plusSeconds(1), NOW.plusSeconds(900));
    assertThat(Deferral.until(holder, NOW)).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:sqs:us-east-1:123456789012:q, https://sqs.us-east-1.amazonaws.com/123456789012/q",
    "arn:aws-cn:sqs:cn-north-1:123456789012:q.fifo,"
        + " https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q.fifo",
  })
  void busyMessage_saysItsQueue(String arn, String url) {
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
  void messageWithoutAQueue_saysSo() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new BusyMessage(new SQSMessage(), Duration.ofSeconds(1)).queueUrl())
        .withMessage("message must have the ARN of its queue, got null");
  }

  @Test
  void handlerOfAnotherTrigger_refusesToDefer() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new LockedSnsHandler(guard) {
                  @Override
                  protected void handle(
                      com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord event,
                      Lease lease,
                      Context context) {
                    bench.work("never");
                  }
                })
        .withMessageContaining("leave Guard.deferringBusy away, which is for them");
  }
}
