package dev.holdfast.testkit.listener;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldLocks;
import dev.holdfast.lock.LockEvent;
import dev.holdfast.lock.LockEvent.Acquired;
import dev.holdfast.lock.LockEvent.Lost;
import dev.holdfast.lock.LockEvent.Refused;
import dev.holdfast.lock.LockEvent.Released;
import dev.holdfast.lock.LockEvent.ReleasedLate;
import dev.holdfast.lock.LockEvent.Renewed;
import dev.holdfast.lock.LockEvent.TakenOver;
import dev.holdfast.lock.LockEvent.Throttled;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockSet;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.Loss;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each event, once, with what it carries. */
class LockListenerTest {
  private final ManualTime time = ManualTime.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final Recorded told = Recorded.quietly();
  private final Locks locks =
      DynamoDbLocks.on(table, "locks").withListener(told).withTime(time).withLease(ofSeconds(10));
  private final OtherHost other = OtherHost.on(table, time);

  private HeldLock wins(String name) {
    HeldLock lock = ((Acquisition.Acquired) locks.tryAcquire(name)).lock();
    told.taken();
    return lock;
  }

  @Test
  void uncontendedCycle_isAcquired_thenReleased() throws InterruptedException {
    HeldLock lock = locks.acquire("a");
    time.advance(ofSeconds(3));
    lock.close();
    lock.close();
    assertThat(told.events())
        .containsExactly(
            new Acquired("a", ZERO, 0), new Released("a", ReleaseOutcome.RELEASED, ofSeconds(3)));
  }

  @Test
  void acquire_afterWaiting_saysHowLong_andHowManyPutsWereRefused() throws InterruptedException {
    HeldLock theirs = other.holds("a");
    Instant begin = time.wall();
    time.after(ofSeconds(2), theirs::close);
    locks.acquire("a");
    int refused = table.counts().refusedPuts();
    assertThat(refused).isPositive();
    assertThat(told.events())
        .containsExactly(new Acquired("a", Duration.between(begin, time.wall()), refused));
  }

  @Test
  void tryAcquire_ofAHeldLock_isRefused_andNamesTheHolder() {
    HeldLock theirs = other.holds("a");
    Acquisition.Busy busy = (Acquisition.Busy) locks.tryAcquire("a");
    assertThat(told.events())
        .containsExactly(new Refused("a", Optional.of(busy.holder()), ZERO, 1));
    assertThat(theirs.isHeld()).isTrue();
  }

  @Test
  void acquire_pastItsBound_isRefusedOnce() {
    other.holds(LockRequest.of("a").lease(ofSeconds(60)));
    LockRequest request = LockRequest.of("a").waitUpTo(ofSeconds(5));
    assertThatThrownBy(() -> locks.acquire(request)).isInstanceOf(LockUnavailableException.class);
    Refused refused = (Refused) told.events().get(0);
    assertThat(told.events()).hasSize(1);
    assertThat(refused.waited()).isEqualTo(ofSeconds(5));
    assertThat(refused.refusedPuts()).isEqualTo(table.counts().refusedPuts());
    assertThat(refused.holder().orElseThrow().description()).isEqualTo("another host");
  }

  @Test
  void workThatIsRemembered_isRefused_byNobody() {
    other.completed("a", ofSeconds(60));
    locks.tryAcquire("a");
    assertThat(told.events()).containsExactly(new Refused("a", Optional.empty(), ZERO, 1));
  }

  @Test
  void renewal_saysWhatWasLeft() {
    HeldLock lock = wins("a");
    time.advance(ofSeconds(4));
    lock.renew(ofSeconds(30));
    assertThat(told.events()).containsExactly(new Renewed("a", ofSeconds(30), ofMillis(5_990)));
  }

  @Test
  void lockWhoseRowIsAnothers_isLostOnce_andReleasedLate() {
    HeldLock lock = wins("a");
    table.delete("a");
    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);
    assertThat(lock.isHeld()).isFalse();
    time.advance(ofSeconds(60));
    assertThat(lock.isHeld()).isFalse();
    lock.close();
    assertThat(told.events())
        .containsExactly(
            new Lost("a", Loss.Reason.ROW_GONE),
            new ReleasedLate("a", ReleaseOutcome.LATE, ofMillis(50_010)));
  }

  @Test
  void lockWhoseLeaseIsOver_isLostOnce_andReleasedLate_thoughItsRowIsStillThere() {
    HeldLock lock = wins("a");
    time.advance(ofSeconds(10));
    assertThat(lock.isHeld()).isFalse();
    assertThat(lock.remaining()).isZero();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(told.events())
        .containsExactly(
            new Lost("a", Loss.Reason.LEASE_OVER),
            new ReleasedLate("a", ReleaseOutcome.RELEASED, ofMillis(10)));
  }

  @Test
  void lockOfACrashedHolder_isTakenOver_fromWhom_andHowLongAfter() {
    other.holds("a");
    time.advance(ofSeconds(15));
    locks.tryAcquire("a");
    List<LockEvent> events = told.events();
    assertThat(events).hasSize(2);
    assertThat(events.get(0)).isInstanceOf(Acquired.class);
    TakenOver takenOver = (TakenOver) events.get(1);
    assertThat(takenOver.from().description()).isEqualTo("another host");
    assertThat(takenOver.after()).isEqualTo(ofSeconds(5));
  }

  @Test
  void rowThatOnesOwnLostAnswersLeft_isNobodys_andNoTakeOver() {
    table.faults().nextReplyLost().nextRequestLost().nextRequestLost();
    assertThatThrownBy(() -> locks.tryAcquire("a")).isInstanceOf(LockException.class);
    assertThat(table.row("a")).isPresent();
    locks.tryAcquire("a");
    assertThat(told.events()).hasSize(1).first().isInstanceOf(Acquired.class);
  }

  @Test
  void backOffFromThrottling_isTold_withTryAndTime() throws InterruptedException {
    table.faults().nextThrottled().nextThrottled();
    Instant begin = time.wall();
    locks.acquire("a");
    List<LockEvent> events = told.events();
    assertThat(events).hasSize(3);
    Throttled first = (Throttled) events.get(0);
    Throttled second = (Throttled) events.get(1);
    assertThat(List.of(first.attempt(), second.attempt())).containsExactly(1, 2);
    assertThat(begin.plus(first.backOff()).plus(second.backOff())).isEqualTo(time.wall());
  }

  @Test
  void backOffFromThrottling_ofAPermit_isTold() throws InterruptedException {
    table.faults().nextThrottled();
    locks.acquire(LockRequest.of("mail").permits(3));
    assertThat(told.events()).hasSize(2).first().isInstanceOf(Throttled.class);
  }

  @Test
  void completion_isARelease() {
    HeldLock lock = wins("a");
    time.advance(ofSeconds(1));
    lock.complete(ofSeconds(60));
    lock.close();
    assertThat(told.events())
        .containsExactly(new Released("a", ReleaseOutcome.COMPLETED, ofSeconds(1)));
  }

  @Test
  void unansweredReleaseAndCompletion_areOfUnknownOutcome() {
    HeldLock released = wins("a");
    HeldLock completed = wins("b");
    table.faults().every(Fault.REPLY_LOST);
    released.close();
    assertThatThrownBy(() -> completed.complete(ofSeconds(60)))
        .isInstanceOf(LockOutcomeUnknownException.class);
    assertThat(told.events())
        .containsExactly(
            new Released("a", ReleaseOutcome.UNKNOWN, ZERO),
            new Released("b", ReleaseOutcome.UNKNOWN, ZERO));
  }

  @Test
  void completionOfALockThatIsAnothers_isALoss() {
    HeldLock lock = wins("a");
    table.delete("a");
    assertThatThrownBy(() -> lock.complete(ofSeconds(60))).isInstanceOf(LockLostException.class);
    assertThat(told.events()).containsExactly(new Lost("a", Loss.Reason.ROW_GONE));
  }

  @Test
  void releaseThatCertainlyFailed_isToldWhenItSucceeds() {
    HeldLock lock = wins("a");
    table.faults().nextDenied();
    assertThatThrownBy(lock::release).isInstanceOf(LockException.class);
    assertThat(told.events()).isEmpty();
    lock.release();
    assertThat(told.events()).containsExactly(new Released("a", ReleaseOutcome.RELEASED, ZERO));
  }

  @Test
  void redeemedTicket_isAcquired() {
    String ticket = wins("a").ticket();
    assertThat(told.events()).isEmpty();
    locks.redeem(ticket);
    assertThat(told.events()).containsExactly(new Acquired("a", ZERO, 0));
  }

  @Test
  void locksOfASet_areToldOneByOne() throws InterruptedException {
    HeldLock theirs = other.holds("b");
    time.after(ofSeconds(1), theirs::close);
    HeldLocks set = locks.acquireAll(LockSet.of("a", "b", "c"));
    set.close();
    List<LockEvent> events = told.events();
    assertThat(events).extracting(LockEvent::name).containsExactly("a", "b", "c", "c", "b", "a");
    assertThat(events.get(0)).isEqualTo(new Acquired("a", ZERO, 0));
    assertThat(events.get(1)).isInstanceOf(Acquired.class);
    assertThat(((Acquired) events.get(1)).waited()).isGreaterThanOrEqualTo(ofSeconds(1));
    assertThat(((Acquired) events.get(1)).refusedPuts()).isEqualTo(table.counts().refusedPuts());
    assertThat(events.get(2)).isEqualTo(new Acquired("c", ZERO, 0));
  }

  @Test
  void setThatIsNotToBeHad_isRefusedForTheOneInTheWay() {
    other.holds(LockRequest.of("b").lease(ofSeconds(60)));
    LockSet set = LockSet.of("a", "b").waitUpTo(ofSeconds(1));
    assertThatThrownBy(() -> locks.acquireAll(set)).isInstanceOf(LockUnavailableException.class);
    assertThat(told.events()).extracting(LockEvent::name).containsExactly("a", "b", "a");
    assertThat(told.events().get(1)).isInstanceOf(Refused.class);
  }
}
