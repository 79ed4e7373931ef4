package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.fifo;
import static dev.holdfast.lambda.Batch.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqsFifoTest {
  private final Bench bench = new Bench();
  private final Batch batch = new Batch(bench, bench.remembering());
  private final OtherHost other = OtherHost.on(bench.table, bench.time);

  @Test
  void eachMessage_oneFails_itsGroupStopsAndOthersGoOn() {
    batch.broken = Set.of("m-1");
    assertThat(
            batch.run(
                fifo(1, "order-1", "a"),
                fifo(2, "order-2", "b"),
                fifo(3, "order-3", "a"),
                fifo(4, "order-4", "b")))
        .containsExactly("m-1", "m-3");
    assertThat(bench.done).containsExactly("m-1", "m-2", "m-4");
  }

  @Test
  void eachMessage_oneBusy_itsGroupWaitsBehindItInOrder() {
    HeldLock theirs = other.holds("order-1");
    bench.time.after(Duration.ofMillis(200), theirs::close);
    assertThat(
            batch.run(
                fifo(1, "order-1", "a"),
                fifo(2, "order-2", "a"),
                fifo(3, "order-3", "b"),
                fifo(4, "order-4", "a")))
        .isEmpty();
    assertThat(bench.done).containsExactly("m-3", "m-1", "m-2", "m-4");
  }

  @Test
  void eachMessage_oneStaysBusy_itsGroupIsReportedFromThereOn() {
    other.holds("order-2");
    assertThat(
            batch.run(
                fifo(1, "order-1", "a"),
                fifo(2, "order-2", "a"),
                fifo(3, "order-3", "a"),
                fifo(4, "order-4", "b")))
        .containsExactly("m-2", "m-3");
    assertThat(bench.done).containsExactly("m-1", "m-4");
  }

  @Test
  void eachMessage_duplicateInAGroup_letsTheNextOneGo() {
    batch.run(fifo(1, "order-1", "a"));
    assertThat(batch.run(fifo(1, "order-1", "a"), fifo(2, "order-1", "a"))).isEmpty();
    assertThat(bench.done).containsExactly("m-1", "m-2");
  }

  @Test
  void eachMessage_failsInTheSecondRound_restOfItsGroupIsReported() {
    HeldLock theirs = other.holds("order-1");
    bench.time.after(Duration.ofMillis(200), theirs::close);
    batch.broken = Set.of("m-1");
    assertThat(batch.run(fifo(1, "order-1", "a"), fifo(2, "order-2", "a")))
        .containsExactly("m-1", "m-2");
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void eachMessage_noTimeForTheNext_itsGroupStopsThere() {
    SQSEvent event =
        Batch.event(fifo(1, "order-1", "a"), fifo(2, "order-2", "a"), fifo(3, "order-3", "a"));
    SQSBatchResponse response =
        bench
            .remembering()
            .eachMessage(
                event,
                bench.context(),
                m -> m.getBody(),
                (m, lease) -> {
                  bench.work(m.getMessageId());
                  bench.time.advance(Duration.ofSeconds(2));
                });
    assertThat(Batch.reported(response)).containsExactly("m-2", "m-3");
    assertThat(bench.done).containsExactly("m-1");
  }

  @Test
  void eachMessage_groupOfAStandardQueue_hasNoOrder() {
    batch.broken = Set.of("m-1");
    SQSEvent event = Batch.event(message(1, "order-1"), message(2, "order-2"));
    event.getRecords().forEach(m -> m.setAttributes(Map.of("MessageGroupId", "a")));
    SQSBatchResponse response =
        bench
            .remembering()
            .eachMessage(
                event,
                bench.context(),
                m -> m.getBody(),
                (m, lease) -> batch.work(m.getMessageId()));
    assertThat(Batch.reported(response)).containsExactly("m-1");
    assertThat(bench.done).containsExactly("m-1", "m-2");
  }
}
