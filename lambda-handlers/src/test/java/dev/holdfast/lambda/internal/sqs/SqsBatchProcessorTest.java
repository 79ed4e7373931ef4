package dev.holdfast.lambda.internal.sqs;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.Ids;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.OtherHost;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqsBatchProcessorTest {
  private static final Ids<SQSMessage> EVENT_ONLY = Ids.ofEvent(SQSMessage::getMessageId);

  private final GuardFixture fixture = new GuardFixture();
  private final Guard guard = fixture.deduplicatingGuard();
  private final SqsBatchFixture batch = new SqsBatchFixture(fixture, guard);
  private final OtherHost other = OtherHost.on(fixture.table, fixture.time);

  @Test
  void processBatch_allFree_reportsNoneAndCompletesEach() {
    assertThat(batch.run(message(1, "order-1"), message(2, "order-2"))).isEmpty();

    assertThat(fixture.processed).containsExactly("m-1", "m-2");
    assertThat(fixture.table.rows())
        .containsOnlyKeys("test-function:m-1#13,3#event", "test-function:m-2#13,3#event");
  }

  @Test
  void processBatch_emptyBatch_reportsNone() {
    assertThat(batch.run()).isEmpty();
  }

  @Test
  void processBatch_sameResource_runsOneAfterTheOther() {
    assertThat(batch.run(message(1, "order-1"), message(2, "order-1"))).isEmpty();
    assertThat(fixture.processed).containsExactly("m-1", "m-2");
  }

  @Test
  void processBatch_fiveOfOneResource_areAllProcessed() {
    SqsMessage[] five = new SqsMessage[5];
    Arrays.setAll(five, i -> message(i, "order-1"));
    assertThat(batch.run(five)).isEmpty();
    assertThat(fixture.processed).containsExactly("m-0", "m-1", "m-2", "m-3", "m-4");
  }

  @Test
  void processBatch_resourceAndEventId_sendsFourWrites() {
    batch.run(message(1, "order-1"));
    assertThat(fixture.requestSummary()).isEqualTo("3 puts (0 rejected), 1 deletes, 0 others");
    assertThat(fixture.counts().writeUnits()).isEqualTo(4);
  }

  @Test
  void processBatch_eventIdOnly_sendsTwoWrites() {
    guard.processBatch(
        SqsBatchFixture.event(message(1, "any")),
        fixture.context(),
        EVENT_ONLY,
        (message, lease) -> fixture.process("done"));
    assertThat(fixture.requestSummary()).isEqualTo("2 puts (0 rejected), 0 deletes, 0 others");
    assertThat(fixture.processed).containsExactly("done");
  }

  @Test
  void processBatch_withoutDeduplication_sendsTwoWritesAndRunsAgain() {
    SqsBatchFixture withoutDeduplication = new SqsBatchFixture(fixture, fixture.guard());
    withoutDeduplication.run(message(1, "order-1"));
    assertThat(fixture.requestSummary()).isEqualTo("1 puts (0 rejected), 1 deletes, 0 others");
    withoutDeduplication.run(message(1, "order-1"));
    assertThat(fixture.processed).containsExactly("m-1", "m-1");
  }

  @Test
  void processBatch_duplicate_succeedsWithOneRejectedAttempt() {
    batch.run(message(1, "order-1"));
    var before = fixture.counts();

    SqsMessage redelivery = message(1, "order-1").delivery("another-receipt", 2);
    assertThat(batch.run(redelivery)).isEmpty();

    assertThat(fixture.processed).containsExactly("m-1");
    var duplicate = fixture.counts().since(before);
    assertThat(duplicate.puts()).isEqualTo(1);
    assertThat(duplicate.rejectedPuts()).isEqualTo(1);
    assertThat(duplicate.deletes()).isZero();
  }

  @Test
  void processBatch_duplicateOfBusyResource_succeeds() {
    batch.run(message(1, "order-1"));
    other.acquire("order-1");
    assertThat(batch.run(message(1, "order-1"))).isEmpty();
  }

  @Test
  void processBatch_afterRetention_runsAgain() {
    batch.run(message(1, "order-1"));
    fixture.time.advance(GuardFixture.DAY.plusSeconds(1));
    batch.run(message(1, "order-1"));
    assertThat(fixture.processed).containsExactly("m-1", "m-1");
  }

  @Test
  void processBatch_listedTwiceInOneBatch_runsOnceAndIsReportedOnce() {
    batch.failingIds = Set.of("m-2");
    assertThat(
            batch.run(
                message(1, "order-1"),
                message(1, "order-1"),
                message(2, "order-2"),
                message(2, "order-2")))
        .containsExactly("m-2");
    assertThat(fixture.processed).containsExactly("m-1", "m-2");
  }

  @Test
  void processBatch_busyResource_releasesTheEventLock() {
    HeldLock otherLock = other.acquire("order-1");
    Guard withoutWait = guard.maxWait(Duration.ZERO);
    var before = fixture.counts();

    assertThat(new SqsBatchFixture(fixture, withoutWait).run(message(1, "order-1")))
        .containsExactly("m-1");

    assertThat(fixture.table.rows()).containsOnlyKeys("order-1");
    assertThat(otherLock.isHeld()).isTrue();
    var counts = fixture.counts().since(before);
    assertThat(counts.puts())
        .as("an event lock and a rejected attempt, in each round")
        .isEqualTo(4);
    assertThat(counts.rejectedPuts()).isEqualTo(2);
    assertThat(counts.deletes()).isEqualTo(2);
  }

  @Test
  void processBatch_busyResource_isRetriedAfterTheRest() {
    HeldLock otherLock = other.acquire("order-1");
    fixture.time.runAfter(Duration.ofMillis(200), otherLock::close);

    assertThat(batch.run(message(1, "order-1"), message(2, "order-2"))).isEmpty();

    assertThat(fixture.processed).containsExactly("m-2", "m-1");
  }

  @Test
  void processBatch_resourceStaysBusy_reportsOnlyThatMessage() {
    other.acquire("order-1");
    TestContext context = fixture.context();

    assertThat(batch.run(context, message(1, "order-1"), message(2, "order-2")))
        .containsExactly("m-1");

    assertThat(fixture.processed).containsExactly("m-2");
    assertThat(context.getRemainingTimeInMillis())
        .as("it waited until only the minimum remaining time was left")
        .isEqualTo(500);
  }

  @Test
  void processBatch_twoBusyResources_shareTheWait() {
    other.acquire("order-1");
    HeldLock secondLock = other.acquire("order-2");
    fixture.time.runAfter(Duration.ofMillis(1_300), secondLock::close);

    TestContext context = fixture.context();
    assertThat(batch.run(context, message(1, "order-1"), message(2, "order-2")))
        .containsExactly("m-1");

    assertThat(fixture.processed).containsExactly("m-2");
    assertThat(context.getRemainingTimeInMillis())
        .as("the first message did not use up the wait of the second")
        .isGreaterThan(500);
  }

  @Test
  void processBatch_sameEventInProgressElsewhere_isAwaitedThenADuplicate() {
    String key = "test-function:m-1#13,3#event";
    HeldLock delivery = other.acquire(LockRequest.of(key).event("m-1"));
    fixture.time.runAfter(Duration.ofMillis(300), () -> delivery.complete(GuardFixture.DAY));

    assertThat(batch.run(message(1, "order-1"))).isEmpty();

    assertThat(fixture.processed).isEmpty();
  }

  @Test
  void processBatch_afterReturn_leavesNoThread() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    batch.run(message(1, "order-1"), message(2, "order-2"));
    assertThat(before).containsAll(Thread.getAllStackTraces().keySet());
  }

  @Test
  void processBatch_twoConsumers_bothRun() {
    batch.run(message(1, "order-1"));
    new SqsBatchFixture(fixture, guard.consumer("billing")).run(message(1, "order-1"));
    assertThat(fixture.processed).containsExactly("m-1", "m-1");
  }
}
