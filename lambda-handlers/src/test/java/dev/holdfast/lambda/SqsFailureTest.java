package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqsFailureTest {
  private static final SqsMessage[] THREE = {
    message(1, "order-1"), message(2, "order-2"), message(3, "order-3")
  };

  private final Bench bench = new Bench();
  private final Guard guard = bench.remembering();
  private final Batch batch = new Batch(bench, guard);

  @Test
  void eachMessage_oneFails_isReportedNotRememberedAndItsNeighboursGoOn() {
    batch.broken = Set.of("m-2");
    assertThat(batch.run(THREE)).containsExactly("m-2");
    assertThat(bench.done).containsExactly("m-1", "m-2", "m-3");

    batch.broken = Set.of();
    assertThat(batch.run(THREE)).isEmpty();
    assertThat(bench.done).containsExactly("m-1", "m-2", "m-3", "m-2");
  }

  @Test
  void eachMessage_oneFails_leavesItsResourceFree() {
    batch.broken = Set.of("m-1");
    batch.run(message(1, "order-1"));
    assertThat(bench.table.rows()).isEmpty();
  }

  @Test
  void eachMessage_workThrowsAnError_isReportedAndItsNeighboursGoOn() {
    assertThat(throwingFor("m-2", new StackOverflowError())).containsExactly("m-2");
    assertThat(bench.done).containsExactly("m-1", "m-3");
  }

  @Test
  void eachMessage_workThrowsWhatTheLockThrows_isAFailureAllTheSame() {
    assertThat(throwingFor("m-1", bench.doneElsewhere())).containsExactly("m-1");
  }

  @Test
  void eachMessage_idsThrowWhatTheLockThrows_isAFailureAllTheSame() {
    AlreadyDoneException thrown = bench.doneElsewhere();
    SQSBatchResponse response =
        guard.eachMessage(
            Batch.event(THREE),
            bench.context(),
            m -> {
              throw thrown;
            },
            (m, lease) -> bench.work("never"));
    assertThat(Batch.reported(response)).containsExactly("m-1", "m-2", "m-3");
  }

  @Test
  void eachMessage_resourceIdThrows_onlyThatOneFails() {
    SQSBatchResponse response =
        guard.eachMessage(
            Batch.event(message(1, "x"), message(2, "7")),
            bench.context(),
            m -> "order-" + Integer.parseInt(m.getBody()),
            (m, lease) -> bench.work(lease.name()));
    assertThat(Batch.reported(response)).containsExactly("m-1");
    assertThat(bench.done).containsExactly("order-7");
  }

  @Test
  void eachMessage_noResourceId_onlyThatOneFails() {
    SQSEvent event = Batch.event(THREE);
    event.getRecords().get(1).setBody("");
    SQSBatchResponse response =
        guard.eachMessage(
            event, bench.context(), m -> m.getBody(), (m, lease) -> bench.work(m.getMessageId()));
    assertThat(Batch.reported(response)).containsExactly("m-2");
    assertThat(bench.done).containsExactly("m-1", "m-3");
  }

  @Test
  void eachMessage_resourceIdThatIsNoKey_onlyThatOneFailsAndNothingIsSentForIt() {
    SqsMessage tooLong = message(2, "x".repeat(2_049));
    assertThat(batch.run(tooLong)).containsExactly("m-2");
    assertThat(bench.counts().puts()).isZero();
    assertThat(batch.run(THREE[0], tooLong, THREE[2])).containsExactly("m-2");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DENIED", "UNREACHABLE", "REQUEST_LOST", "THROTTLED"})
  void eachMessage_tableFailsInTheMiddle_theDoneIsNotReportedAndTheOthersAreNotBegun(Fault fault) {
    SQSBatchResponse response =
        guard.eachMessage(
            Batch.event(THREE),
            bench.context(),
            m -> m.getBody(),
            (m, lease) -> {
              bench.work(m.getMessageId());
              bench.table.faults().nextPasses().nextPasses().every(fault);
            });
    assertThat(Batch.reported(response)).containsExactly("m-2", "m-3");
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void eachMessage_tableDenied_asksOnce() {
    bench.table.faults().every(Fault.DENIED);
    assertThat(batch.run(THREE)).containsExactly("m-1", "m-2", "m-3");
    assertThat(bench.table.faults().injected(Fault.DENIED)).isEqualTo(1);
  }

  @Test
  void eachMessage_clockOfThisHostIsOff_triesOneAndBeginsNone() {
    bench.table.dating(ManualTime.at(bench.time.wall().minus(Duration.ofMinutes(1))));
    assertThat(batch.run(THREE)).containsExactly("m-1", "m-2", "m-3");
    assertThat(bench.done).isEmpty();
    assertThat(bench.counts().puts()).as("what was won by that clock is put back").isEqualTo(2);
  }

  @Test
  void eachMessage_tableFailsWhileOneIsPostponed_thatOneIsReportedToo() {
    OtherHost.on(bench.table, bench.time).holds("order-1");
    bench.table.faults().nextPasses().nextPasses().nextPasses().every(Fault.DENIED);
    assertThat(batch.run(THREE)).containsExactlyInAnyOrder("m-1", "m-2", "m-3");
    assertThat(bench.done).isEmpty();
  }

  @Test
  void eachMessage_completionFails_isASuccess() {
    bench.table.faults().nextPasses().nextPasses().every(Fault.DENIED);
    assertThat(batch.run(message(1, "order-1"))).isEmpty();
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void eachMessage_tooLittleTimeFromTheStart_reportsAllAndSendsNothing() {
    assertThat(batch.run(bench.context().remaining(Duration.ofMillis(499)), THREE))
        .containsExactly("m-1", "m-2", "m-3");
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void eachMessage_noTimeForAnotherAsLongAsTheLongest_isNotBegun() {
    SQSBatchResponse response =
        guard.eachMessage(
            Batch.event(THREE),
            bench.context(),
            m -> m.getBody(),
            (m, lease) -> {
              bench.work(m.getMessageId());
              bench.time.advance(Duration.ofMillis(1_100));
            });
    assertThat(Batch.reported(response)).containsExactly("m-3");
    assertThat(bench.done).containsExactly("m-1", "m-2");
  }

  @Test
  void eachMessage_interrupted_beginsNothingMoreAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    List<String> reported = batch.run(THREE);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(reported).containsExactly("m-1", "m-2", "m-3");
    assertThat(bench.counts().puts()).isZero();
  }

  @Test
  void eachMessage_interruptedInTheMiddle_beginsNothingMoreAndStaysInterrupted() {
    List<String> reported = throwingFor("m-2", new InterruptedException("stop"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(reported).containsExactly("m-2", "m-3");
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void eachMessage_workLeavesAnInterrupt_itIsDoneAndNothingMoreIsBegun() {
    SQSBatchResponse response =
        guard.eachMessage(
            Batch.event(THREE),
            bench.context(),
            m -> m.getBody(),
            (m, lease) -> {
              bench.work(m.getMessageId());
              Thread.currentThread().interrupt();
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Batch.reported(response)).containsExactly("m-2", "m-3");
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void eachMessage_workThrowsUnavailable_isNotTriedAgain() throws Exception {
    OtherHost.on(bench.table, bench.time).holds("elsewhere");
    SQSBatchResponse response =
        guard.eachMessage(
            Batch.event(THREE[0]),
            bench.context(),
            m -> m.getBody(),
            (m, lease) -> {
              bench.work("tried");
              bench.locks.withWaitUpTo(Duration.ZERO).acquire("elsewhere").close();
            });
    assertThat(Batch.reported(response)).containsExactly("m-1");
    assertThat(bench.done).containsExactly("tried");
  }

  private List<String> throwingFor(String message, Throwable thrown) {
    SQSBatchResponse response =
        guard.eachMessage(
            Batch.event(THREE),
            bench.context(),
            m -> m.getBody(),
            (m, lease) -> {
              if (m.getMessageId().equals(message)) {
                throw Unchecked.rethrown(thrown);
              }
              bench.work(m.getMessageId());
            });
    return Batch.reported(response);
  }
}
