package dev.holdfast.lambda;

import static dev.holdfast.lambda.Messages.batch;
import static dev.holdfast.lambda.Messages.failures;
import static dev.holdfast.lambda.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.testkit.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqsBatchTest {
  private final Bench bench = new Bench();
  private final TestContext context = bench.context();

  private List<String> handled(Guard guard, SQSMessage... messages) {
    return handled(guard, (message, lease) -> bench.work(message.getMessageId()), messages);
  }

  private List<String> handled(Guard guard, MessageWork work, SQSMessage... messages) {
    return failures(
        guard.eachMessage(batch(messages), context, message -> message.getBody(), work));
  }

  @Test
  void batch_isHandledInOrder_andNothingIsReported() {
    assertThat(handled(bench.guard(), message("m-1", "a"), message("m-2", "b"))).isEmpty();
    assertThat(bench.done).containsExactly("m-1", "m-2");
    assertThat(bench.requests()).isEqualTo("2 puts (0 refused), 2 deletes, 0 others");
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void message_onTwoIds_isFourWrites() {
    assertThat(handled(bench.remembering(), message("m-1", "order-17"))).isEmpty();
    assertThat(bench.requests()).isEqualTo("3 puts (0 refused), 1 deletes, 0 others");
    assertThat(bench.table.rows()).hasSize(1);
  }

  @Test
  void message_onItsEventAlone_isTwoWrites() {
    Ids<SQSMessage> ids = Ids.ofEvent(SQSMessage::getMessageId);
    bench
        .remembering()
        .eachMessage(
            batch(message("m-1", "a")), context, ids, (m, lease) -> bench.work(lease.name()));
    assertThat(bench.requests()).isEqualTo("2 puts (0 refused), 0 deletes, 0 others");
    assertThat(bench.done).singleElement().asString().contains("m-1");
  }

  @Test
  void eventsAlone_whereNothingIsRemembered_areRefused() {
    Ids<SQSMessage> ids = Ids.ofEvent(SQSMessage::getMessageId);
    assertThatThrownBy(
            () ->
                bench
                    .guard()
                    .eachMessage(
                        batch(message("m-1", "a")), context, ids, (m, l) -> bench.work("never")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Guard.rememberingEvents");
    assertThat(bench.done).isEmpty();
  }

  @Test
  void duplicate_isASuccess_andOneRefusedPut() {
    handled(bench.remembering(), message("m-1", "order-17"));
    int before = bench.counts().puts();

    assertThat(handled(bench.remembering(), message("m-1", "order-17"))).isEmpty();

    assertThat(bench.done).containsExactly("m-1");
    assertThat(bench.counts().puts() - before).isEqualTo(1);
    assertThat(bench.counts().refusedPuts()).isEqualTo(1);
  }

  @Test
  void duplicate_pastTheWindow_isHandledAgain() {
    Guard guard = bench.guard().rememberingEvents(Duration.ofSeconds(60));
    handled(guard, message("m-1", "order-17"));
    bench.time.advance(Duration.ofSeconds(61));
    failures(
        guard.eachMessage(
            batch(message("m-1", "order-17")),
            bench.context(),
            SQSMessage::getBody,
            (m, lease) -> bench.work("again")));
    assertThat(bench.done).containsExactly("m-1", "again");
  }

  @Test
  void messageListedTwice_isOneMessage() {
    assertThat(handled(bench.guard(), message("m-1", "a"), message("m-1", "a"))).isEmpty();
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void busyMessage_isTriedAgainAfterTheRest() throws Exception {
    HeldLock elsewhere = bench.locks.acquire("a");
    MessageWork work =
        (message, lease) -> {
          bench.work(message.getMessageId());
          elsewhere.close();
        };

    assertThat(handled(bench.guard(), work, message("m-1", "a"), message("m-2", "b"))).isEmpty();

    assertThat(bench.done).containsExactly("m-2", "m-1");
  }

  @Test
  void busyMessage_stillBusy_isReported_andItsNeighboursAreNot() throws Exception {
    try (HeldLock elsewhere = bench.locks.acquire("a")) {
      List<String> failed = handled(bench.remembering(), message("m-1", "a"), message("m-2", "b"));

      assertThat(failed).containsExactly("m-1");
      assertThat(elsewhere.isHeld()).isTrue();
    }
    assertThat(bench.done).containsExactly("m-2");
    assertThat(context.getRemainingTimeInMillis()).isEqualTo(500);
  }

  @Test
  void busyMessage_givesItsEventBack() throws Exception {
    try (HeldLock elsewhere = bench.locks.acquire("a")) {
      handled(bench.remembering().waitUpTo(Duration.ZERO), message("m-1", "a"));
      assertThat(bench.table.rows()).as("nothing but the holder's row").hasSize(1);
      assertThat(elsewhere.isHeld()).isTrue();
    }
    handled(bench.remembering(), message("m-1", "a"));
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void hotOrder_fiveMessagesInOneBatch_areAllHandled() {
    SQSMessage[] five = new SQSMessage[5];
    for (int i = 0; i < five.length; i++) {
      five[i] = message("m-" + i, "order-17");
    }
    assertThat(handled(bench.remembering(), five)).isEmpty();
    assertThat(bench.done).containsExactly("m-0", "m-1", "m-2", "m-3", "m-4");
  }

  @Test
  void failingMessage_isReported_notRemembered_andItsNeighboursGoOn() {
    MessageWork work =
        (message, lease) -> {
          if (bench.work(message.getMessageId()).equals("m-1") && bench.done.size() == 1) {
            throw new IOException("printer on fire");
          }
        };

    List<String> failed =
        handled(bench.remembering(), work, message("m-1", "a"), message("m-2", "b"));
    assertThat(failed).containsExactly("m-1");

    assertThat(handled(bench.remembering(), work, message("m-1", "a"))).isEmpty();
    assertThat(bench.done).containsExactly("m-1", "m-2", "m-1");
  }

  @Test
  void error_likeAStackOverflow_failsItsMessageOnly() {
    MessageWork work =
        (message, lease) -> {
          if (message.getMessageId().equals("m-1")) {
            throw new StackOverflowError();
          }
          bench.work(message.getMessageId());
        };
    assertThat(handled(bench.guard(), work, message("m-1", "a"), message("m-2", "b")))
        .containsExactly("m-1");
    assertThat(bench.done).containsExactly("m-2");
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void workThatThrowsTheLocksOwnException_isAFailureLikeAnyOther() {
    MessageWork work =
        (message, lease) -> {
          bench.locks.acquire("inner");
          bench.locks.withWaitUpTo(Duration.ZERO).acquire("inner");
        };
    assertThat(handled(bench.guard(), work, message("m-1", "a"))).containsExactly("m-1");
    assertThat(bench.counts().puts()).as("a, inner and inner again, once").isEqualTo(3);
  }

  @Test
  void tooLittleTime_isReported_andNotBegun() {
    MessageWork slow =
        (message, lease) -> {
          bench.work(message.getMessageId());
          bench.time.advance(Duration.ofMillis(1_600));
        };
    assertThat(handled(bench.guard(), slow, message("m-1", "a"), message("m-2", "b")))
        .as("1.4 s are left for work that took 1.6 s")
        .containsExactly("m-2");
    assertThat(bench.done).containsExactly("m-1");
    assertThat(bench.counts().puts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"DENIED", "UNREACHABLE"})
  void tableThatDoesNotAnswer_nothingMoreIsBegun_andWhatWasDoneIsNotReported(Fault fault) {
    MessageWork work =
        (message, lease) -> {
          bench.work(message.getMessageId());
          bench.table.faults().nextPasses().every(fault);
        };
    List<String> failed =
        handled(bench.guard(), work, message("m-1", "a"), message("m-2", "b"), message("m-3", "c"));
    assertThat(failed).containsExactly("m-2", "m-3");
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void missingResourceId_failsThatMessageOnly() {
    SQSMessage nameless = message("m-1", "");
    assertThat(handled(bench.guard(), nameless, message("m-2", "b"))).containsExactly("m-1");
    assertThat(bench.done).containsExactly("m-2");
  }

  @Test
  void resourceIdThatThrows_failsThatMessageOnly() {
    List<String> failed =
        failures(
            bench
                .guard()
                .eachMessage(
                    batch(message("m-1", "x"), message("m-2", "7")),
                    context,
                    message -> "order-" + Integer.parseInt(message.getBody()),
                    (message, lease) -> bench.work(lease.name())));
    assertThat(failed).containsExactly("m-1");
    assertThat(bench.done).containsExactly("order-7");
  }

  @Test
  void messageWithoutAnId_refusesTheBatchBeforeAnything() {
    SQSMessage anonymous = message("m-1", "a");
    anonymous.setMessageId(null);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> handled(bench.guard(), message("m-0", "a"), anonymous))
        .withMessageContaining("got none in Records[1]");
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void eventWithoutRecords_isRefused_andEmptyBatchIsFine() {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(
            () ->
                bench
                    .guard()
                    .eachMessage(
                        new SQSEvent(), context, SQSMessage::getBody, (m, l) -> bench.work("x")))
        .withMessageContaining("without Records");
    assertThat(handled(bench.guard())).isEmpty();
  }

  @Test
  void interrupt_reportsTheRest_andIsKept() {
    MessageWork work =
        (message, lease) -> {
          bench.work(message.getMessageId());
          Thread.currentThread().interrupt();
        };
    try {
      assertThat(handled(bench.guard(), work, message("m-1", "a"), message("m-2", "b")))
          .containsExactly("m-2");
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void completionLost_isASuccess() {
    bench.table.faults().nextPasses().nextPasses().next(Fault.DENIED);
    assertThat(handled(bench.remembering(), message("m-1", "a"))).isEmpty();
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void batch_leavesNoThreadBehind() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    handled(bench.remembering(), message("m-1", "a"), message("m-2", "a"));
    assertThat(before).containsAll(Thread.getAllStackTraces().keySet());
  }
}
