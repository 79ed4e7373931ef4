package dev.holdfast.verification.faults;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.PendingDelivery;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.verification.engine.ManualRenewalScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;

/**
 * A host whose clock is three minutes ahead takes over a live lock, detects that its clock is
 * wrong, and restores the row. Copies of both of its requests arrive late.
 */
class UndoneAcquireTest {
  private static final Duration SKEW = Duration.ofMinutes(3);
  private static final Duration SMALL_SKEW = ofMillis(-400);

  private final ManualClock time = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks", time).serverTime(time);
  private final LockClient holder = host(Duration.ZERO);
  private final HeldLock lock = acquire(holder);

  @Test
  void tokens_increase_despiteLateCopiesOfTheAcquireAndOfItsUndo() {
    FencingToken first = lock.fencingToken();
    List<PendingDelivery> copies = takeOverAndUndo();
    PendingDelivery copyOfRelease = table.faults().nextDuplicated();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    HeldLock second = acquire(host(SMALL_SKEW));
    FencingToken secondToken = second.fencingToken();
    var row = table.row("a");

    copies.forEach(PendingDelivery::deliver);
    copyOfRelease.deliver();

    assertThat(table.row("a")).isEqualTo(row);
    assertThat(second.isHeld()).isTrue();
    assertThat(secondToken).isGreaterThan(first);
    assertThat(second.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(acquire(host(SMALL_SKEW)).fencingToken()).isGreaterThan(secondToken);
  }

  @Test
  void renewal_afterUndo_succeeds_andKeepsTheFencingToken() {
    FencingToken token = lock.fencingToken();
    List<PendingDelivery> copies = takeOverAndUndo();
    time.advance(ofSeconds(5));

    lock.renew();

    assertThat(lock.remaining()).isGreaterThan(ofSeconds(9));
    assertRowUnchangedBy(copies);
    assertThat(rowToken()).isGreaterThan(token.value());
    assertThat(lock.fencingToken()).isEqualTo(token);
    lock.renew();
    assertThat(lock.fencingToken()).isEqualTo(token);
  }

  @Test
  void fencingToken_firstReadAfterUndo_isThatOfTheAcquire() {
    long token = rowToken();
    takeOverAndUndo();
    lock.renew();
    assertThat(lock.fencingToken().value()).isEqualTo(token);
  }

  @Test
  void keepAlive_afterUndo_renews() {
    ManualRenewalScheduler scheduler = new ManualRenewalScheduler(time);
    lock.release();
    HeldLock kept = acquire(scheduler.attach(holder));
    kept.keepAlive();
    takeOverAndUndo();
    time.advance(ofSeconds(4));

    scheduler.runDueRenewals();

    assertThat(kept.remaining()).isGreaterThan(ofSeconds(9));
  }

  @Test
  void release_afterUndo_leavesAMarker_evenIfTheTokenWasNeverRead() {
    List<PendingDelivery> copies = takeOverAndUndo();

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertThat(attribute("state").s()).isEqualTo("FREE");
    assertRowUnchangedBy(copies);
  }

  @Test
  void release_afterLeaseExpiryAndUndo_freesTheLock() {
    takeOverAndUndo();
    time.advance(ofSeconds(11));
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(attribute("state").s()).isEqualTo("FREE");
  }

  @Test
  void release_withALostReplyAfterUndo_isReleased() {
    takeOverAndUndo();
    table.faults().nextPasses().nextReplyLost();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(attribute("state").s()).isEqualTo("FREE");
  }

  @Test
  void completion_afterUndo_isStored() {
    List<PendingDelivery> copies = takeOverAndUndo();

    lock.complete(Duration.ofHours(1));

    assertThat(attribute("state").s()).isEqualTo("COMPLETED");
    assertRowUnchangedBy(copies);
    assertThat(holder.tryAcquire("a")).isInstanceOf(Acquisition.Completed.class);
  }

  @Test
  void completion_thatIsReplacedAndRestored_answersDuplicates() {
    lock.complete(ofSeconds(60));
    List<PendingDelivery> copies = takeOverAndUndo();
    assertRowUnchangedBy(copies);
    assertThat(holder.tryAcquire("a")).isInstanceOf(Acquisition.Completed.class);
  }

  @Test
  void transfer_afterUndo_isResumedOnce_withALargerToken() {
    FencingToken token = lock.fencingToken();
    String transfer = lock.transfer();
    List<PendingDelivery> copies = takeOverAndUndo();

    HeldLock resumed = host(SMALL_SKEW).resume(transfer);

    assertThat(resumed.isHeld()).isTrue();
    assertThat(resumed.fencingToken()).isGreaterThan(token);
    assertThat(resumed.fencingToken().value()).isEqualTo(rowToken());
    assertRowUnchangedBy(copies);
    assertThatThrownBy(() -> holder.resume(transfer)).isInstanceOf(TransferRefusedException.class);
  }

  @Test
  void transfer_ofARenewedLock_afterUndo_isResumed() {
    takeOverAndUndo();
    lock.renew();
    assertThat(host(Duration.ZERO).resume(lock.transfer()).isHeld()).isTrue();
  }

  @Test
  void acquire_withALostReply_whoseRowIsReplacedAndRestored_isAcquired() {
    lock.release();
    table.faults().nextReplyLost().beforeNextApply(this::takeOverAndUndo);

    HeldLock acquired = acquire(holder);

    assertThat(acquired.isHeld()).isTrue();
    assertThat(acquired.fencingToken().value()).isLessThan(rowToken());
    acquired.renew();
    assertThat(acquired.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void resume_withALostReply_whoseRowIsReplacedAndRestored_isResumed() {
    String transfer = lock.transfer();
    table.faults().nextReplyLost().beforeNextApply(this::takeOverAndUndo);

    HeldLock resumed = holder.resume(transfer);

    assertThat(resumed.fencingToken().value()).isLessThan(rowToken());
    resumed.renew();
    assertThat(resumed.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void renewal_whoseRowIsReplacedAndRestoredAgain_succeeds() {
    takeOverAndUndo();
    table.faults().nextPasses().beforeNextApply(this::takeOverAndUndo);
    lock.renew();
    assertThat(lock.remaining()).isGreaterThan(ofSeconds(9));
  }

  @Test
  void release_ofARowThatIsReplacedAndRestoredAgainAndAgain_isUnknown() {
    takeOverAndUndoBeforeEachOf(4);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.UNKNOWN);

    assertThat(lock.isHeld()).isFalse();
    assertThat(attribute("state").s()).isEqualTo("HELD");
  }

  @Test
  void watcher_doesNotStartAgain_afterUndo() {
    LockClient watcher = host(Duration.ZERO).withClockModel(ClockModel.unsynchronized());
    assertThat(watcher.tryAcquire("a")).isInstanceOf(Acquisition.Busy.class);
    time.advance(ofSeconds(9));
    takeOverAndUndo();
    assertThat(watcher.tryAcquire("a")).isInstanceOf(Acquisition.Busy.class);
    time.advance(ofMillis(1_100));
    assertThat(watcher.tryAcquire("a")).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void lockCheck_acceptsTheHolder_beforeAndAfterItAdoptsTheToken() {
    ConditionCheck check = Fence.of(lock).lockCheck("locks");
    takeOverAndUndo();
    assertHolds(check);
    lock.renew();
    assertHolds(check);
    assertHolds(Fence.of(lock).lockCheck("locks"));
  }

  /** The check reads nothing that an undo changes. */
  private void assertHolds(ConditionCheck check) {
    assertThat(check.conditionExpression())
        .isEqualTo("#format = :format AND #nonce = :nonce AND #state = :held");
    assertThat(check.expressionAttributeValues()).containsEntry(":nonce", attribute("nonce"));
    assertThat(attribute("state").s()).isEqualTo("HELD");
  }

  /** Returns the late copies of the acquire and of its undo. */
  private List<PendingDelivery> takeOverAndUndo() {
    var replaced = table.row("a").orElseThrow();
    List<PendingDelivery> copies =
        List.of(table.faults().nextDuplicated(), table.faults().nextDuplicated());
    assertThatThrownBy(() -> host(SKEW).tryAcquire("a")).isInstanceOf(ClockSkewException.class);
    Map<String, AttributeValue> restored = table.row("a").orElseThrow();
    assertThat(restored.get("nonce")).isEqualTo(replaced.get("nonce"));
    assertThat(rowToken()).isGreaterThan(Long.parseLong(replaced.get("token").n()));
    return copies;
  }

  private void takeOverAndUndoBeforeEachOf(int requests) {
    table
        .faults()
        .beforeNextApply(
            () -> {
              takeOverAndUndo();
              if (requests > 1) {
                takeOverAndUndoBeforeEachOf(requests - 1);
              }
            });
  }

  private void assertRowUnchangedBy(List<PendingDelivery> copies) {
    var row = table.row("a");
    copies.forEach(PendingDelivery::deliver);
    assertThat(table.row("a")).isEqualTo(row);
  }

  private LockClient host(Duration offset) {
    return DynamoDbLockClient.create(table, "locks").withTimeSource(new OffsetClock(time, offset));
  }

  private static HeldLock acquire(LockClient client) {
    return ((Acquisition.Acquired) client.tryAcquire("a")).lock();
  }

  private long rowToken() {
    return Long.parseLong(attribute("token").n());
  }

  private AttributeValue attribute(String name) {
    return table.row("a").orElseThrow().get(name);
  }

  private record OffsetClock(TimeSource time, Duration offset) implements TimeSource {
    @Override
    public Instant wallTime() {
      return time.wallTime().plus(offset);
    }

    @Override
    public long monotonicNanos() {
      return time.monotonicNanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      time.sleep(duration);
    }
  }
}
