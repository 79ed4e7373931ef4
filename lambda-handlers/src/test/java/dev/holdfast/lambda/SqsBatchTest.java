package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqsBatchTest {
  private static final Ids<SQSMessage> ONCE = Ids.ofEvent(SQSMessage::getMessageId);

  private final Bench bench = new Bench();
  private final Guard guard = bench.remembering();
  private final Batch batch = new Batch(bench, guard);
  private final OtherHost other = OtherHost.on(bench.table, bench.time);

  @Test
  void eachMessage_allFree_reportsNoneAndRemembersEach() {
    assertThat(batch.run(message(1, "order-1"), message(2, "order-2"))).isEmpty();

    assertThat(bench.done).containsExactly("m-1", "m-2");
    assertThat(bench.table.rows())
        .containsOnlyKeys("test-function:m-1#13,3#event", "test-function:m-2#13,3#event");
  }

  @Test
  void eachMessage_emptyBatch_reportsNone() {
    assertThat(batch.run()).isEmpty();
  }

  @Test
  void eachMessage_ofOneResource_workOneAfterTheOther() {
    assertThat(batch.run(message(1, "order-1"), message(2, "order-1"))).isEmpty();
    assertThat(bench.done).containsExactly("m-1", "m-2");
  }

  @Test
  void eachMessage_fiveOfOneHotResource_areAllHandled() {
    SqsMessage[] five = new SqsMessage[5];
    Arrays.setAll(five, i -> message(i, "order-1"));
    assertThat(batch.run(five)).isEmpty();
    assertThat(bench.done).containsExactly("m-0", "m-1", "m-2", "m-3", "m-4");
  }

  @Test
  void eachMessage_resourceAndEvent_isFourWrites() {
    batch.run(message(1, "order-1"));
    assertThat(bench.requests()).isEqualTo("3 puts (0 refused), 1 deletes, 0 others");
    assertThat(bench.counts().writeUnits()).isEqualTo(4);
  }

  @Test
  void eachMessage_eventAlone_isTwoWrites() {
    guard.eachMessage(
        Batch.event(message(1, "any")), bench.context(), ONCE, (m, lease) -> bench.work("done"));
    assertThat(bench.requests()).isEqualTo("2 puts (0 refused), 0 deletes, 0 others");
    assertThat(bench.done).containsExactly("done");
  }

  @Test
  void eachMessage_nothingRemembered_isTwoWritesAndWorksAgain() {
    Batch forgetful = new Batch(bench, bench.guard());
    forgetful.run(message(1, "order-1"));
    assertThat(bench.requests()).isEqualTo("1 puts (0 refused), 1 deletes, 0 others");
    forgetful.run(message(1, "order-1"));
    assertThat(bench.done).containsExactly("m-1", "m-1");
  }

  @Test
  void eachMessage_duplicate_isASuccessAndOneRefusedPut() {
    batch.run(message(1, "order-1"));
    var before = bench.counts();

    SqsMessage again = message(1, "order-1").delivery("another-receipt", 2);
    assertThat(batch.run(again)).isEmpty();

    assertThat(bench.done).containsExactly("m-1");
    var duplicate = bench.counts().since(before);
    assertThat(duplicate.puts()).isEqualTo(1);
    assertThat(duplicate.refusedPuts()).isEqualTo(1);
    assertThat(duplicate.deletes()).isZero();
  }

  @Test
  void eachMessage_duplicateOfABusyResource_isStillASuccess() {
    batch.run(message(1, "order-1"));
    other.holds("order-1");
    assertThat(batch.run(message(1, "order-1"))).isEmpty();
  }

  @Test
  void eachMessage_afterTheWindow_worksAgain() {
    batch.run(message(1, "order-1"));
    bench.time.advance(Bench.DAY.plusSeconds(1));
    batch.run(message(1, "order-1"));
    assertThat(bench.done).containsExactly("m-1", "m-1");
  }

  @Test
  void eachMessage_listedTwiceInOneBatch_worksOnceAndIsReportedOnce() {
    batch.broken = Set.of("m-2");
    assertThat(
            batch.run(
                message(1, "order-1"),
                message(1, "order-1"),
                message(2, "order-2"),
                message(2, "order-2")))
        .containsExactly("m-2");
    assertThat(bench.done).containsExactly("m-1", "m-2");
  }

  @Test
  void eachMessage_busy_givesTheEventRowBack() {
    HeldLock theirs = other.holds("order-1");
    Guard impatient = guard.waitUpTo(Duration.ZERO);
    var before = bench.counts();

    assertThat(new Batch(bench, impatient).run(message(1, "order-1"))).containsExactly("m-1");

    assertThat(bench.table.rows()).containsOnlyKeys("order-1");
    assertThat(theirs.isHeld()).isTrue();
    var both = bench.counts().since(before);
    assertThat(both.puts()).as("an event row and a refused put, in each round").isEqualTo(4);
    assertThat(both.refusedPuts()).isEqualTo(2);
    assertThat(both.deletes()).isEqualTo(2);
  }

  @Test
  void eachMessage_busy_isTriedAgainAfterTheRest() {
    HeldLock theirs = other.holds("order-1");
    bench.time.after(Duration.ofMillis(200), theirs::close);

    assertThat(batch.run(message(1, "order-1"), message(2, "order-2"))).isEmpty();

    assertThat(bench.done).containsExactly("m-2", "m-1");
  }

  @Test
  void eachMessage_stillBusy_isReportedAndItsNeighboursAreNot() {
    other.holds("order-1");
    TestContext context = bench.context();

    assertThat(batch.run(context, message(1, "order-1"), message(2, "order-2")))
        .containsExactly("m-1");

    assertThat(bench.done).containsExactly("m-2");
    assertThat(context.getRemainingTimeInMillis())
        .as("it waited while work still fitted behind the wait")
        .isEqualTo(500);
  }

  @Test
  void eachMessage_twoBusy_shareTheWait() {
    other.holds("order-1");
    HeldLock second = other.holds("order-2");
    bench.time.after(Duration.ofMillis(1_300), second::close);

    TestContext context = bench.context();
    assertThat(batch.run(context, message(1, "order-1"), message(2, "order-2")))
        .containsExactly("m-1");

    assertThat(bench.done).containsExactly("m-2");
    assertThat(context.getRemainingTimeInMillis())
        .as("the first one did not use up the wait of the second")
        .isGreaterThan(500);
  }

  @Test
  void eachMessage_workedOnElsewhereRightNow_isWaitedForAndThenADuplicate() {
    String key = "test-function:m-1#13,3#event";
    HeldLock delivery = other.holds(LockRequest.of(key).event("m-1"));
    bench.time.after(Duration.ofMillis(300), () -> delivery.complete(Bench.DAY));

    assertThat(batch.run(message(1, "order-1"))).isEmpty();

    assertThat(bench.done).isEmpty();
  }

  @Test
  void eachMessage_leavesNoThreadBehind() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    batch.run(message(1, "order-1"), message(2, "order-2"));
    assertThat(before).containsAll(Thread.getAllStackTraces().keySet());
  }

  @Test
  void eachMessage_twoConsumers_bothWork() {
    batch.run(message(1, "order-1"));
    new Batch(bench, guard.consumer("billing")).run(message(1, "order-1"));
    assertThat(bench.done).containsExactly("m-1", "m-1");
  }
}
