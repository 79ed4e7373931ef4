package dev.holdfast.lambda.internal.sqs;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.internal.util.SneakyThrow;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqsBatchFailureTest {
  private static final SqsMessage[] THREE = {
    message(1, "order-1"), message(2, "order-2"), message(3, "order-3")
  };

  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.deduplicatingGuard();
  private final SqsBatchFixture batch = new SqsBatchFixture(fixture, guard);

  @Test
  void processBatch_oneFails_isReportedNotCompletedAndOthersContinue() {
    batch.failingIds = Set.of("m-2");
    assertThat(batch.run(THREE)).containsExactly("m-2");
    assertThat(fixture.processed).containsExactly("m-1", "m-2", "m-3");

    batch.failingIds = Set.of();
    assertThat(batch.run(THREE)).isEmpty();
    assertThat(fixture.processed).containsExactly("m-1", "m-2", "m-3", "m-2");
  }

  @Test
  void processBatch_oneFails_releasesItsResource() {
    batch.failingIds = Set.of("m-1");
    batch.run(message(1, "order-1"));
    assertThat(fixture.table.rows()).isEmpty();
  }

  @Test
  void processBatch_workThrowsAnError_isReportedAndOthersContinue() {
    assertThat(failedIdsWhenThrowing("m-2", new StackOverflowError())).containsExactly("m-2");
    assertThat(fixture.processed).containsExactly("m-1", "m-3");
  }

  @Test
  void processBatch_workThrowsAlreadyCompleted_isAFailure() {
    assertThat(failedIdsWhenThrowing("m-1", fixture.alreadyCompletedException()))
        .containsExactly("m-1");
  }

  @Test
  void processBatch_idsThrowAlreadyCompleted_isAFailure() {
    AlreadyCompletedException thrown = fixture.alreadyCompletedException();
    SQSBatchResponse response =
        guard.processBatch(
            SqsBatchFixture.event(THREE),
            fixture.context(),
            message -> {
              throw thrown;
            },
            (message, lease) -> fixture.process("never"));
    assertThat(SqsBatchFixture.failedIds(response)).containsExactly("m-1", "m-2", "m-3");
  }

  @Test
  void processBatch_resourceIdThrows_onlyThatMessageFails() {
    SQSBatchResponse response =
        guard.processBatch(
            SqsBatchFixture.event(message(1, "x"), message(2, "7")),
            fixture.context(),
            message -> "order-" + Integer.parseInt(message.getBody()),
            (message, lease) -> fixture.process(lease.name()));
    assertThat(SqsBatchFixture.failedIds(response)).containsExactly("m-1");
    assertThat(fixture.processed).containsExactly("order-7");
  }

  @Test
  void processBatch_noResourceId_onlyThatMessageFails() {
    SQSEvent event = SqsBatchFixture.event(THREE);
    event.getRecords().get(1).setBody("");
    SQSBatchResponse response =
        guard.processBatch(
            event,
            fixture.context(),
            message -> message.getBody(),
            (message, lease) -> fixture.process(message.getMessageId()));
    assertThat(SqsBatchFixture.failedIds(response)).containsExactly("m-2");
    assertThat(fixture.processed).containsExactly("m-1", "m-3");
  }

  @Test
  void processBatch_invalidResourceId_onlyThatMessageFailsWithoutRequest() {
    SqsMessage tooLong = message(2, "x".repeat(2_049));
    assertThat(batch.run(tooLong)).containsExactly("m-2");
    assertThat(fixture.counts().puts()).isZero();
    assertThat(batch.run(THREE[0], tooLong, THREE[2])).containsExactly("m-2");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DENIED", "UNREACHABLE", "REQUEST_LOST", "THROTTLED"})
  void processBatch_tableFailsMidway_reportsOnlyUnprocessedMessages(Fault fault) {
    SQSBatchResponse response =
        guard.processBatch(
            SqsBatchFixture.event(THREE),
            fixture.context(),
            message -> message.getBody(),
            (message, lease) -> {
              fixture.process(message.getMessageId());
              fixture.table.faults().nextPasses().nextPasses().always(fault);
            });
    assertThat(SqsBatchFixture.failedIds(response)).containsExactly("m-2", "m-3");
    assertThat(fixture.processed).containsExactly("m-1");
  }

  @Test
  void processBatch_accessDenied_sendsOneRequest() {
    fixture.table.faults().always(Fault.DENIED);
    assertThat(batch.run(THREE)).containsExactly("m-1", "m-2", "m-3");
    assertThat(fixture.table.faults().injectedCount(Fault.DENIED)).isEqualTo(1);
  }

  @Test
  void processBatch_clockSkewExceeded_startsNoMessage() {
    fixture.table.serverTime(ManualClock.at(fixture.time.wallTime().minus(Duration.ofMinutes(1))));
    assertThat(batch.run(THREE)).containsExactly("m-1", "m-2", "m-3");
    assertThat(fixture.processed).isEmpty();
    assertThat(fixture.counts().puts()).as("the acquire and the release of one lock").isEqualTo(2);
  }

  @Test
  void processBatch_tableFailsWithPostponedMessage_reportsItToo() {
    OtherHost.on(fixture.table, fixture.time).acquire("order-1");
    fixture.table.faults().nextPasses().nextPasses().nextPasses().always(Fault.DENIED);
    assertThat(batch.run(THREE)).containsExactlyInAnyOrder("m-1", "m-2", "m-3");
    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void processBatch_completionFails_succeeds() {
    fixture.table.faults().nextPasses().nextPasses().always(Fault.DENIED);
    assertThat(batch.run(message(1, "order-1"))).isEmpty();
    assertThat(fixture.processed).containsExactly("m-1");
  }

  @Test
  void processBatch_insufficientTimeAtStart_reportsAllAndSendsNothing() {
    assertThat(batch.run(fixture.context().remainingTime(Duration.ofMillis(499)), THREE))
        .containsExactly("m-1", "m-2", "m-3");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void processBatch_noTimeForTheLongestWorkTime_isNotStarted() {
    SQSBatchResponse response =
        guard.processBatch(
            SqsBatchFixture.event(THREE),
            fixture.context(),
            message -> message.getBody(),
            (message, lease) -> {
              fixture.process(message.getMessageId());
              fixture.time.advance(Duration.ofMillis(1_100));
            });
    assertThat(SqsBatchFixture.failedIds(response)).containsExactly("m-3");
    assertThat(fixture.processed).containsExactly("m-1", "m-2");
  }

  @Test
  void processBatch_interrupted_startsNothingAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    List<String> failedIds = batch.run(THREE);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failedIds).containsExactly("m-1", "m-2", "m-3");
    assertThat(fixture.counts().puts()).isZero();
  }

  @Test
  void processBatch_interruptedMidway_startsNothingMoreAndStaysInterrupted() {
    List<String> failedIds = failedIdsWhenThrowing("m-2", new InterruptedException("stop"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failedIds).containsExactly("m-2", "m-3");
    assertThat(fixture.processed).containsExactly("m-1");
  }

  @Test
  void processBatch_workSetsInterruptFlag_isProcessedAndNothingMoreStarts() {
    SQSBatchResponse response =
        guard.processBatch(
            SqsBatchFixture.event(THREE),
            fixture.context(),
            message -> message.getBody(),
            (message, lease) -> {
              fixture.process(message.getMessageId());
              Thread.currentThread().interrupt();
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(SqsBatchFixture.failedIds(response)).containsExactly("m-2", "m-3");
    assertThat(fixture.processed).containsExactly("m-1");
  }

  @Test
  void processBatch_workThrowsLockUnavailable_isNotRetried() throws Exception {
    OtherHost.on(fixture.table, fixture.time).acquire("elsewhere");
    SQSBatchResponse response =
        guard.processBatch(
            SqsBatchFixture.event(THREE[0]),
            fixture.context(),
            message -> message.getBody(),
            (message, lease) -> {
              fixture.process("tried");
              fixture.lockClient.withMaxWait(Duration.ZERO).acquire("elsewhere").close();
            });
    assertThat(SqsBatchFixture.failedIds(response)).containsExactly("m-1");
    assertThat(fixture.processed).containsExactly("tried");
  }

  private List<String> failedIdsWhenThrowing(String message, Throwable thrown) {
    SQSBatchResponse response =
        guard.processBatch(
            SqsBatchFixture.event(THREE),
            fixture.context(),
            m -> m.getBody(),
            (m, lease) -> {
              if (m.getMessageId().equals(message)) {
                throw SneakyThrow.rethrow(thrown);
              }
              fixture.process(m.getMessageId());
            });
    return SqsBatchFixture.failedIds(response);
  }
}
