package dev.holdfast.lambda.internal.sqs;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.fifoMessage;
import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqsFifoBatchTest {
  private final GuardFixture fixture = new GuardFixture();
  private final SqsBatchFixture batch = new SqsBatchFixture(fixture, fixture.deduplicatingGuard());
  private final OtherHost other = OtherHost.on(fixture.table, fixture.time);

  @Test
  void processBatch_oneFails_itsGroupStopsAndOthersContinue() {
    batch.failingIds = Set.of("m-1");
    assertThat(
            batch.run(
                fifoMessage(1, "order-1", "a"),
                fifoMessage(2, "order-2", "b"),
                fifoMessage(3, "order-3", "a"),
                fifoMessage(4, "order-4", "b")))
        .containsExactly("m-1", "m-3");
    assertThat(fixture.processed).containsExactly("m-1", "m-2", "m-4");
  }

  @Test
  void processBatch_oneBusy_itsGroupWaitsInOrder() {
    HeldLock otherLock = other.acquire("order-1");
    fixture.time.runAfter(Duration.ofMillis(200), otherLock::close);
    assertThat(
            batch.run(
                fifoMessage(1, "order-1", "a"),
                fifoMessage(2, "order-2", "a"),
                fifoMessage(3, "order-3", "b"),
                fifoMessage(4, "order-4", "a")))
        .isEmpty();
    assertThat(fixture.processed).containsExactly("m-3", "m-1", "m-2", "m-4");
  }

  @Test
  void processBatch_oneStaysBusy_itsGroupIsReportedFromThere() {
    other.acquire("order-2");
    assertThat(
            batch.run(
                fifoMessage(1, "order-1", "a"),
                fifoMessage(2, "order-2", "a"),
                fifoMessage(3, "order-3", "a"),
                fifoMessage(4, "order-4", "b")))
        .containsExactly("m-2", "m-3");
    assertThat(fixture.processed).containsExactly("m-1", "m-4");
  }

  @Test
  void processBatch_duplicateInGroup_nextIsProcessed() {
    batch.run(fifoMessage(1, "order-1", "a"));
    assertThat(batch.run(fifoMessage(1, "order-1", "a"), fifoMessage(2, "order-1", "a"))).isEmpty();
    assertThat(fixture.processed).containsExactly("m-1", "m-2");
  }

  @Test
  void processBatch_failsInTheSecondRound_restOfItsGroupIsReported() {
    HeldLock otherLock = other.acquire("order-1");
    fixture.time.runAfter(Duration.ofMillis(200), otherLock::close);
    batch.failingIds = Set.of("m-1");
    assertThat(batch.run(fifoMessage(1, "order-1", "a"), fifoMessage(2, "order-2", "a")))
        .containsExactly("m-1", "m-2");
    assertThat(fixture.processed).containsExactly("m-1");
  }

  @Test
  void processBatch_noTimeForTheNext_itsGroupStopsThere() {
    SQSEvent event =
        SqsBatchFixture.event(
            fifoMessage(1, "order-1", "a"),
            fifoMessage(2, "order-2", "a"),
            fifoMessage(3, "order-3", "a"));
    SQSBatchResponse response =
        fixture
            .deduplicatingGuard()
            .processBatch(
                event,
                fixture.context(),
                message -> message.getBody(),
                (message, lease) -> {
                  fixture.process(message.getMessageId());
                  fixture.time.advance(Duration.ofSeconds(2));
                });
    assertThat(SqsBatchFixture.failedIds(response)).containsExactly("m-2", "m-3");
    assertThat(fixture.processed).containsExactly("m-1");
  }

  @Test
  void processBatch_groupInStandardQueue_hasNoOrder() {
    batch.failingIds = Set.of("m-1");
    SQSEvent event = SqsBatchFixture.event(message(1, "order-1"), message(2, "order-2"));
    event.getRecords().forEach(message -> message.setAttributes(Map.of("MessageGroupId", "a")));
    SQSBatchResponse response =
        fixture
            .deduplicatingGuard()
            .processBatch(
                event,
                fixture.context(),
                message -> message.getBody(),
                (message, lease) -> batch.process(message.getMessageId()));
    assertThat(SqsBatchFixture.failedIds(response)).containsExactly("m-1");
    assertThat(fixture.processed).containsExactly("m-1", "m-2");
  }
}
