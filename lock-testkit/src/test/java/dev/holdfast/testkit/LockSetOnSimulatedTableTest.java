package dev.holdfast.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldLocks;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClockException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockSet;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sets of locks cost, and what faults at one of them do to the others. */
class LockSetOnSimulatedTableTest {
  private static final LockSet THREE = LockSet.of("c", "a", "b");

  private final ManualTime time = ManualTime.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final Locks locks = otherHost();

  private Locks otherHost() {
    return DynamoDbLocks.on(table, "locks").withTime(time);
  }

  private HeldLock heldElsewhere(String name) {
    return ((Acquisition.Acquired) otherHost().tryAcquire(name)).lock();
  }

  private void assertNobodyHolds(String... names) {
    for (String name : names) {
      assertThat(otherHost().tryAcquire(name)).isInstanceOf(Acquisition.Acquired.class);
    }
  }

  @Test
  void threeFreeLocks_costThreePuts_andThreeDeletes() throws InterruptedException {
    locks.acquireAll(THREE).close();

    assertThat(table.counts()).isEqualTo(new RequestCounts(3, 3, 0, 0, 0, 6));
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void refusedThird_costsItsRefusal_andTwoPutsAndDeletes() {
    heldElsewhere("c");
    RequestCounts before = table.counts();

    assertThatThrownBy(() -> locks.acquireAll(THREE.waitUpTo(ofSeconds(0))))
        .isInstanceOf(LockUnavailableException.class);

    assertThat(table.counts().since(before)).isEqualTo(new RequestCounts(3, 2, 1, 0, 0, 5));
  }

  @Test
  void waiting_costsOneRenewalOfEachInEveryHalfLease() throws InterruptedException {
    heldElsewhere("c").renew(ofMinutes(2));
    RequestCounts before = table.counts();

    assertThatThrownBy(() -> locks.acquireAll(THREE.waitUpTo(ofSeconds(29))))
        .isInstanceOf(LockUnavailableException.class);

    RequestCounts cost = table.counts().since(before);
    int renewals = cost.puts() - cost.refusedPuts() - 2;
    assertThat(renewals).isEqualTo(2 * 5);
    assertThat(table.rows()).containsOnlyKeys("c");
  }

  @Test
  void lostReply_ofOne_isAskedForAgain() throws InterruptedException {
    table.resending(1).faults().nextPasses().nextReplyLost();

    try (HeldLocks held = locks.acquireAll(THREE)) {
      assertThat(held.isHeld()).isTrue();
    }

    assertThat(table.counts().puts()).isEqualTo(4 + 1);
    assertThat(table.counts().deletes()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REQUEST_LOST", "REPLY_LOST", "FAILED_BEFORE_APPLYING", "FAILED_AFTER_APPLYING"})
  void unknownOutcomeOfOne_leavesNothingHeld(Fault fault) {
    table.faults().nextPasses().next(fault).next(fault);

    assertThatThrownBy(() -> locks.acquireAll(THREE.waitUpTo(ofSeconds(0))));

    assertThat(table.faults().injected(fault)).isPositive();
    assertNobodyHolds("a", "b", "c");
  }

  @Test
  void throttledOne_isWaitedFor() throws InterruptedException {
    table.faults().nextPasses().nextThrottled().nextThrottled();

    try (HeldLocks held = locks.acquireAll(THREE)) {
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void throttledOne_withoutAnyWait_leavesNothingHeld() {
    table.faults().nextPasses().nextThrottled();

    assertThatThrownBy(() -> locks.acquireAll(THREE.waitUpTo(ofSeconds(0))))
        .isInstanceOf(LockThrottledException.class);

    assertThat(table.rows()).isEmpty();
  }

  @Test
  void deniedOne_leavesNothingHeld() {
    table.faults().nextPasses().nextPasses().nextDenied();

    assertThatThrownBy(() -> locks.acquireAll(THREE)).isInstanceOf(LockAccessDeniedException.class);

    assertThat(table.rows()).isEmpty();
  }

  @Test
  void interruptInTheMiddle_leavesNothingHeld() {
    table.faults().nextPasses().beforeNextReply(() -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> locks.acquireAll(THREE)).isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
    assertNobodyHolds("a", "b", "c");
  }

  @Test
  void clockThatIsSetInTheMiddle_leavesNothingHeld() {
    ManualTime server = ManualTime.at(time.wall());
    table.dating(server).faults().beforeNextReply(() -> time.jumpWall(ofSeconds(5)));

    assertThatThrownBy(() -> locks.acquireAll(THREE)).isInstanceOf(LockClockException.class);

    Locks right = DynamoDbLocks.on(table, "locks").withTime(server);
    for (String name : THREE.names()) {
      assertThat(right.tryAcquire(name)).isInstanceOf(Acquisition.Acquired.class);
    }
  }

  @Test
  void frozenSandbox_losesTheFirst_andWinsItAgain() throws InterruptedException {
    HeldLock blocking = heldElsewhere("b");
    time.after(ofMillis(30), () -> time.advance(ofSeconds(15)));
    time.after(ofSeconds(16), () -> blocking.close());

    try (HeldLocks held = locks.acquireAll(THREE.waitUpTo(ofSeconds(60)))) {
      assertThat(held.isHeld()).isTrue();
      assertThat(held.remaining()).isGreaterThan(ofSeconds(4));
    }
  }

  @Test
  void firstThatAnotherTookMeanwhile_isWaitedForAgain() throws InterruptedException {
    HeldLock blocking = heldElsewhere("b");
    blocking.renew(ofMinutes(2));
    time.after(ofMillis(30), this::freezeUntilAnotherHasTheFirst);
    time.after(ofSeconds(20), blocking::close);

    try (HeldLocks held = locks.acquireAll(THREE.waitUpTo(ofSeconds(60)))) {
      assertThat(held.isHeld()).isTrue();
      assertThat(Instant.parse("2040-01-01T12:00:20Z")).isBefore(time.wall());
    }
  }

  private void freezeUntilAnotherHasTheFirst() {
    time.advance(ofSeconds(12));
    HeldLock first = heldElsewhere("a");
    time.after(ofSeconds(3), first::close);
  }

  @Test
  void firstThatAnotherTookMeanwhile_isNamed_whenThereIsNoTimeLeft() {
    HeldLock blocking = heldElsewhere("b");
    blocking.renew(ofMinutes(2));
    time.after(ofMillis(30), this::freezeUntilAnotherHasTheFirst);
    time.after(ofSeconds(12), blocking::close);

    assertThatThrownBy(() -> locks.acquireAll(THREE.waitUpTo(ofSeconds(11))))
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("'a'");
    assertNobodyHolds("b", "c");
  }
}
