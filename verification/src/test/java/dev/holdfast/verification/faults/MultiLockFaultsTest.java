package dev.holdfast.verification.faults;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the cost of multi-locks, and the effect of a fault of one member on the others. */
class MultiLockFaultsTest {
  private static final MultiLockRequest THREE_LOCKS = MultiLockRequest.of("c", "a", "b");

  private final ManualClock clock = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks", clock);
  private final LockClient lockClient = newLockClient();

  private LockClient newLockClient() {
    return DynamoDbLockClient.create(table, "locks").withTimeSource(clock);
  }

  private HeldLock acquireByOtherHost(String name) {
    return ((Acquisition.Acquired) newLockClient().tryAcquire(name)).lock();
  }

  private void assertAllFree(String... names) {
    for (String name : names) {
      assertThat(newLockClient().tryAcquire(name)).isInstanceOf(Acquisition.Acquired.class);
    }
  }

  @Test
  void threeFreeLocks_costThreePutsAndThreeDeletes() throws InterruptedException {
    lockClient.acquireAll(THREE_LOCKS).close();

    assertThat(table.counts()).isEqualTo(new RequestCounts(3, 3, 0, 0, 0, 6));
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void busyThirdLock_costsRejectedPut_andTwoPutsAndDeletes() {
    acquireByOtherHost("c");
    RequestCounts before = table.counts();

    assertThatThrownBy(() -> lockClient.acquireAll(THREE_LOCKS.maxWait(ofSeconds(0))))
        .isInstanceOf(LockUnavailableException.class);

    assertThat(table.counts().since(before)).isEqualTo(new RequestCounts(3, 2, 1, 0, 0, 5));
  }

  @Test
  void waiting_renewsEachAcquiredLockEveryHalfLease() throws InterruptedException {
    acquireByOtherHost("c").renew(ofMinutes(2));
    RequestCounts before = table.counts();

    assertThatThrownBy(() -> lockClient.acquireAll(THREE_LOCKS.maxWait(ofSeconds(29))))
        .isInstanceOf(LockUnavailableException.class);

    RequestCounts cost = table.counts().since(before);
    int renewals = cost.puts() - cost.rejectedPuts() - 2;
    assertThat(renewals).isEqualTo(2 * 5);
    assertThat(table.rows()).containsOnlyKeys("c");
  }

  @Test
  void lostReply_ofOneLock_isRetried() throws InterruptedException {
    table.withRetries(1).faults().nextPasses().nextReplyLost();

    try (HeldMultiLock held = lockClient.acquireAll(THREE_LOCKS)) {
      assertThat(held.isHeld()).isTrue();
    }

    assertThat(table.counts().puts()).isEqualTo(4 + 1);
    assertThat(table.counts().deletes()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REQUEST_LOST", "REPLY_LOST", "FAILED_BEFORE_APPLYING", "FAILED_AFTER_APPLYING"})
  void unknownOutcome_ofOneLock_leavesNothingHeld(Fault fault) {
    table.faults().nextPasses().next(fault).next(fault);

    assertThatThrownBy(() -> lockClient.acquireAll(THREE_LOCKS.maxWait(ofSeconds(0))));

    assertThat(table.faults().injectedCount(fault)).isPositive();
    assertAllFree("a", "b", "c");
  }

  @Test
  void throttledLock_isRetriedWithinMaxWait() throws InterruptedException {
    table.faults().nextPasses().nextThrottled().nextThrottled();

    try (HeldMultiLock held = lockClient.acquireAll(THREE_LOCKS)) {
      assertThat(held.isHeld()).isTrue();
    }
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void throttledLock_withoutMaxWait_leavesNothingHeld() {
    table.faults().nextPasses().nextThrottled();

    assertThatThrownBy(() -> lockClient.acquireAll(THREE_LOCKS.maxWait(ofSeconds(0))))
        .isInstanceOf(LockThrottledException.class);

    assertThat(table.rows()).isEmpty();
  }

  @Test
  void deniedLock_leavesNothingHeld() {
    table.faults().nextPasses().nextPasses().nextDenied();

    assertThatThrownBy(() -> lockClient.acquireAll(THREE_LOCKS))
        .isInstanceOf(LockAccessDeniedException.class);

    assertThat(table.rows()).isEmpty();
  }

  @Test
  void interruptBetweenLocks_leavesNothingHeld() {
    table.faults().nextPasses().beforeNextReply(() -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> lockClient.acquireAll(THREE_LOCKS))
        .isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
    assertAllFree("a", "b", "c");
  }

  @Test
  void clockChangeBetweenLocks_leavesNothingHeld() {
    ManualClock serverClock = ManualClock.at(clock.wallTime());
    table.serverTime(serverClock).faults().beforeNextReply(() -> clock.adjustWall(ofSeconds(5)));

    assertThatThrownBy(() -> lockClient.acquireAll(THREE_LOCKS))
        .isInstanceOf(ClockSkewException.class);

    LockClient otherClient = DynamoDbLockClient.create(table, "locks").withTimeSource(serverClock);
    for (String name : THREE_LOCKS.names()) {
      assertThat(otherClient.tryAcquire(name)).isInstanceOf(Acquisition.Acquired.class);
    }
  }

  @Test
  void frozenEnvironment_losesFirstLock_andReacquiresIt() throws InterruptedException {
    HeldLock blocking = acquireByOtherHost("b");
    clock.runAfter(ofMillis(30), () -> clock.advance(ofSeconds(15)));
    clock.runAfter(ofSeconds(16), () -> blocking.close());

    try (HeldMultiLock held = lockClient.acquireAll(THREE_LOCKS.maxWait(ofSeconds(60)))) {
      assertThat(held.isHeld()).isTrue();
      assertThat(held.remaining()).isGreaterThan(ofSeconds(4));
    }
  }

  @Test
  void firstLock_takenByOtherHostMeanwhile_isReacquired() throws InterruptedException {
    HeldLock blocking = acquireByOtherHost("b");
    blocking.renew(ofMinutes(2));
    clock.runAfter(ofMillis(30), this::freezeUntilOtherHostTakesFirst);
    clock.runAfter(ofSeconds(20), blocking::close);

    try (HeldMultiLock held = lockClient.acquireAll(THREE_LOCKS.maxWait(ofSeconds(60)))) {
      assertThat(held.isHeld()).isTrue();
      assertThat(Instant.parse("2040-01-01T12:00:20Z")).isBefore(clock.wallTime());
    }
  }

  private void freezeUntilOtherHostTakesFirst() {
    clock.advance(ofSeconds(12));
    HeldLock first = acquireByOtherHost("a");
    clock.runAfter(ofSeconds(3), first::close);
  }

  @Test
  void firstLock_takenByOtherHostAtMaxWait_isNamedInException() {
    HeldLock blocking = acquireByOtherHost("b");
    blocking.renew(ofMinutes(2));
    clock.runAfter(ofMillis(30), this::freezeUntilOtherHostTakesFirst);
    clock.runAfter(ofSeconds(12), blocking::close);

    assertThatThrownBy(() -> lockClient.acquireAll(THREE_LOCKS.maxWait(ofSeconds(11))))
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("'a'");
    assertAllFree("b", "c");
  }
}
