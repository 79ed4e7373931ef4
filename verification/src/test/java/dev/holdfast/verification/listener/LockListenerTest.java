package dev.holdfast.verification.listener;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockEvent.Acquired;
import dev.holdfast.lock.LockEvent.Lost;
import dev.holdfast.lock.LockEvent.NotAcquired;
import dev.holdfast.lock.LockEvent.Released;
import dev.holdfast.lock.LockEvent.ReleasedLate;
import dev.holdfast.lock.LockEvent.Renewed;
import dev.holdfast.lock.LockEvent.TakenOver;
import dev.holdfast.lock.LockEvent.Throttled;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests that each event occurs once and carries its data. */
class LockListenerTest {
  private final ManualClock time = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final RecordingListener listener = RecordingListener.create();
  private final LockClient lockClient =
      DynamoDbLockClient.create(table, "locks")
          .withListener(listener)
          .withTimeSource(time)
          .withLeaseDuration(ofSeconds(10));
  private final OtherHost other = OtherHost.on(table, time);

  private HeldLock acquire(String name) {
    HeldLock lock = ((Acquisition.Acquired) lockClient.tryAcquire(name)).lock();
    listener.drain();
    return lock;
  }

  @Test
  void uncontendedCycle_notifiesAcquired_thenReleased() throws InterruptedException {
    HeldLock lock = lockClient.acquire("a");
    time.advance(ofSeconds(3));
    lock.close();
    lock.close();
    assertThat(listener.events())
        .containsExactly(
            new Acquired("a", ZERO, 0), new Released("a", ReleaseOutcome.RELEASED, ofSeconds(3)));
  }

  @Test
  void acquire_afterWaiting_reportsWaitTime_andRejectedAttempts() throws InterruptedException {
    HeldLock otherLock = other.acquire("a");
    Instant start = time.wallTime();
    time.runAfter(ofSeconds(2), otherLock::close);
    lockClient.acquire("a");
    int rejectedAttempts = table.counts().rejectedPuts();
    assertThat(rejectedAttempts).isPositive();
    assertThat(listener.events())
        .containsExactly(
            new Acquired("a", Duration.between(start, time.wallTime()), rejectedAttempts));
  }

  @Test
  void tryAcquire_ofHeldLock_notifiesNotAcquired_withHolder() {
    HeldLock otherLock = other.acquire("a");
    Acquisition.Busy busy = (Acquisition.Busy) lockClient.tryAcquire("a");
    assertThat(listener.events())
        .containsExactly(new NotAcquired("a", Optional.of(busy.holder()), ZERO, 1));
    assertThat(otherLock.isHeld()).isTrue();
  }

  @Test
  void acquire_beyondMaxWait_notifiesNotAcquiredOnce() {
    other.acquire(LockRequest.of("a").leaseDuration(ofSeconds(60)));
    LockRequest request = LockRequest.of("a").maxWait(ofSeconds(5));
    assertThatThrownBy(() -> lockClient.acquire(request))
        .isInstanceOf(LockUnavailableException.class);
    NotAcquired notAcquired = (NotAcquired) listener.events().get(0);
    assertThat(listener.events()).hasSize(1);
    assertThat(notAcquired.waitTime()).isEqualTo(ofSeconds(5));
    assertThat(notAcquired.rejectedAttempts()).isEqualTo(table.counts().rejectedPuts());
    assertThat(notAcquired.holder().orElseThrow().description()).isEqualTo("another host");
  }

  @Test
  void tryAcquire_ofCompletedName_notifiesNotAcquired_withoutHolder() {
    other.complete("a", ofSeconds(60));
    lockClient.tryAcquire("a");
    assertThat(listener.events()).containsExactly(new NotAcquired("a", Optional.empty(), ZERO, 1));
  }

  @Test
  void renewal_reportsRemainingTime() {
    HeldLock lock = acquire("a");
    time.advance(ofSeconds(4));
    lock.renew(ofSeconds(30));
    assertThat(listener.events()).containsExactly(new Renewed("a", ofSeconds(30), ofMillis(5_990)));
  }

  @Test
  void deletedRow_notifiesLossOnce_andLateRelease() {
    HeldLock lock = acquire("a");
    table.delete("a");
    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);
    assertThat(lock.isHeld()).isFalse();
    time.advance(ofSeconds(60));
    assertThat(lock.isHeld()).isFalse();
    lock.close();
    assertThat(listener.events())
        .containsExactly(
            new Lost("a", LockLoss.Reason.OWNERSHIP_LOST),
            new ReleasedLate("a", ReleaseOutcome.LOCK_LOST, ofMillis(50_010)));
  }

  @Test
  void expiredLease_notifiesLossOnce_andLateRelease_ofExistingRow() {
    HeldLock lock = acquire("a");
    time.advance(ofSeconds(10));
    assertThat(lock.isHeld()).isFalse();
    assertThat(lock.remaining()).isZero();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(listener.events())
        .containsExactly(
            new Lost("a", LockLoss.Reason.LEASE_EXPIRED),
            new ReleasedLate("a", ReleaseOutcome.RELEASED, ofMillis(10)));
  }

  @Test
  void takeover_reportsPreviousHolder_andDelay() {
    other.acquire("a");
    time.advance(ofSeconds(15));
    lockClient.tryAcquire("a");
    List<LockEvent> events = listener.events();
    assertThat(events).hasSize(2);
    assertThat(events.get(0)).isInstanceOf(Acquired.class);
    TakenOver takenOver = (TakenOver) events.get(1);
    assertThat(takenOver.previousHolder().description()).isEqualTo("another host");
    assertThat(takenOver.timeSinceExpiry()).isEqualTo(ofSeconds(5));
  }

  @Test
  void ownOrphan_isAcquired_withoutTakeover() {
    table.faults().nextReplyLost().nextRequestLost().nextRequestLost();
    assertThatThrownBy(() -> lockClient.tryAcquire("a")).isInstanceOf(LockException.class);
    assertThat(table.row("a")).isPresent();
    lockClient.tryAcquire("a");
    assertThat(listener.events()).hasSize(1).first().isInstanceOf(Acquired.class);
  }

  @Test
  void throttling_notifiesAttemptAndBackoff() throws InterruptedException {
    table.faults().nextThrottled().nextThrottled();
    Instant start = time.wallTime();
    lockClient.acquire("a");
    List<LockEvent> events = listener.events();
    assertThat(events).hasSize(3);
    Throttled first = (Throttled) events.get(0);
    Throttled second = (Throttled) events.get(1);
    assertThat(List.of(first.attempt(), second.attempt())).containsExactly(1, 2);
    assertThat(start.plus(first.backoff()).plus(second.backoff())).isEqualTo(time.wallTime());
  }

  @Test
  void throttling_ofPermit_isNotified() throws InterruptedException {
    table.faults().nextThrottled();
    lockClient.acquire(LockRequest.of("mail").permits(3));
    assertThat(listener.events()).hasSize(2).first().isInstanceOf(Throttled.class);
  }

  @Test
  void completion_notifiesReleased() {
    HeldLock lock = acquire("a");
    time.advance(ofSeconds(1));
    lock.complete(ofSeconds(60));
    lock.close();
    assertThat(listener.events())
        .containsExactly(new Released("a", ReleaseOutcome.COMPLETED, ofSeconds(1)));
  }

  @Test
  void unansweredReleaseAndCompletion_notifyUnknownOutcome() {
    HeldLock released = acquire("a");
    table.faults().always(Fault.REPLY_LOST);
    released.close();
    assertThat(listener.drain()).containsExactly(new Released("a", ReleaseOutcome.UNKNOWN, ZERO));
    table.faults().clear();
    HeldLock completed = acquire("b");
    table.faults().always(Fault.REPLY_LOST);
    assertThatThrownBy(() -> completed.complete(ofSeconds(60)))
        .isInstanceOf(LockOutcomeUnknownException.class);
    assertThat(listener.events()).containsExactly(new Released("b", ReleaseOutcome.UNKNOWN, ZERO));
  }

  @Test
  void completion_ofDeletedRow_notifiesLoss() {
    HeldLock lock = acquire("a");
    table.delete("a");
    assertThatThrownBy(() -> lock.complete(ofSeconds(60))).isInstanceOf(LockLostException.class);
    assertThat(listener.events()).containsExactly(new Lost("a", LockLoss.Reason.OWNERSHIP_LOST));
  }

  @Test
  void deniedRelease_isNotified_onceItSucceeds() {
    HeldLock lock = acquire("a");
    table.faults().nextDenied();
    assertThatThrownBy(lock::release).isInstanceOf(LockException.class);
    assertThat(listener.events()).isEmpty();
    lock.release();
    assertThat(listener.events()).containsExactly(new Released("a", ReleaseOutcome.RELEASED, ZERO));
  }

  @Test
  void resume_notifiesAcquired() {
    String transfer = acquire("a").transfer();
    assertThat(listener.events()).isEmpty();
    lockClient.resume(transfer);
    assertThat(listener.events()).containsExactly(new Acquired("a", ZERO, 0));
  }

  @Test
  void multiLock_notifiesEachLock() throws InterruptedException {
    HeldLock otherLock = other.acquire("b");
    time.runAfter(ofSeconds(1), otherLock::close);
    HeldMultiLock multiLock = lockClient.acquireAll(MultiLockRequest.of("a", "b", "c"));
    multiLock.close();
    List<LockEvent> events = listener.events();
    assertThat(events).extracting(LockEvent::name).containsExactly("a", "b", "c", "c", "b", "a");
    assertThat(events.get(0)).isEqualTo(new Acquired("a", ZERO, 0));
    assertThat(events.get(1)).isInstanceOf(Acquired.class);
    assertThat(((Acquired) events.get(1)).waitTime()).isGreaterThanOrEqualTo(ofSeconds(1));
    assertThat(((Acquired) events.get(1)).rejectedAttempts())
        .isEqualTo(table.counts().rejectedPuts());
    assertThat(events.get(2)).isEqualTo(new Acquired("c", ZERO, 0));
  }

  @Test
  void unavailableMultiLock_notifiesNotAcquired_forBlockingLock() {
    other.acquire(LockRequest.of("b").leaseDuration(ofSeconds(60)));
    MultiLockRequest request = MultiLockRequest.of("a", "b").maxWait(ofSeconds(1));
    assertThatThrownBy(() -> lockClient.acquireAll(request))
        .isInstanceOf(LockUnavailableException.class);
    assertThat(listener.events()).extracting(LockEvent::name).containsExactly("a", "b", "a");
    assertThat(listener.events().get(1)).isInstanceOf(NotAcquired.class);
  }
}
