package dev.holdfast.verification.faults;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.verification.engine.ManualRenewalScheduler;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The wall clock of a holder is set back during its work, where no reply shows the table's time.
 * Other hosts, whose clocks are right, must not be admitted too early.
 */
class WallClockSetBackTest {
  private static final Instant NOON = Instant.parse("2040-01-01T12:00:00Z");

  private final ManualClock holderClock = ManualClock.at(NOON);
  private final ManualClock otherClock = ManualClock.at(NOON);
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final ManualRenewalScheduler scheduler = new ManualRenewalScheduler(holderClock);
  private final LockClient holder = scheduler.attach(client(holderClock));
  private final LockClient other = client(otherClock);
  private final HeldLock lock = acquire(holder);

  @Test
  void completion_isKeptForItsWholeRetention() {
    advance(ofSeconds(1));
    holderClock.adjustWall(ofHours(-2));
    advance(ofSeconds(1));

    lock.complete(ofHours(1));

    advance(ofHours(1).minusMillis(1));
    assertThat(other.tryAcquire("a")).isInstanceOf(Acquisition.Completed.class);
    advance(ofMillis(1));
    assertThat(other.tryAcquire("a")).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void completion_afterRenewal_isKeptForItsWholeRetention() {
    holderClock.adjustWall(ofHours(-2));
    advance(ofSeconds(5));
    lock.renew();
    advance(ofSeconds(5));
    lock.complete(ofHours(1));
    advance(ofHours(1).minusMillis(1));
    assertThat(other.tryAcquire("a")).isInstanceOf(Acquisition.Completed.class);
  }

  @Test
  void renewal_blocksOthers_asLongAsTheHolderRegardsTheLockAsHeld() {
    advance(ofMillis(9_980));
    holderClock.adjustWall(ofSeconds(-10));

    lock.renew();

    assertNeverTwoHolders();
  }

  @Test
  void laterRenewals_blockOthers_asLongAsTheHolderRegardsTheLockAsHeld() {
    holderClock.adjustWall(ofHours(-2));
    for (int i = 0; i < 10; i++) {
      advance(ofSeconds(9));
      lock.renew();
    }
    assertNeverTwoHolders();
  }

  @Test
  void keepAlive_blocksOthers_asLongAsTheHolderRegardsTheLockAsHeld() {
    lock.keepAlive();
    holderClock.adjustWall(ofHours(-2));
    for (int i = 0; i < 60; i++) {
      advance(ofSeconds(1));
      scheduler.runDueRenewals();
      assertThat(lock.isHeld()).isTrue();
      assertThat(other.tryAcquire("a")).isInstanceOf(Acquisition.Busy.class);
    }
    assertNeverTwoHolders();
  }

  @Test
  void resumedLock_isRenewedAfterItsOwnClockIsSetBack() {
    HeldLock resumed = holder.resume(lock.transfer());
    advance(ofMillis(9_980));
    holderClock.adjustWall(ofSeconds(-10));
    resumed.renew();
    advance(ofMillis(9_980));
    assertThat(resumed.isHeld()).isTrue();
    assertThat(other.tryAcquire("a")).isInstanceOf(Acquisition.Busy.class);
  }

  @Test
  void release_freesTheLockAtOnce_andKeepsTheMarkerForADay() {
    lock.fencingToken();
    holderClock.adjustWall(ofDays(-2));
    advance(ofSeconds(1));

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertThat(Long.parseLong(table.row("a").orElseThrow().get("ttl").n()))
        .isEqualTo(NOON.plusSeconds(1).plus(ofDays(1)).getEpochSecond());
    assertThat(other.tryAcquire("a")).isInstanceOf(Acquisition.Acquired.class);
  }

  private void assertNeverTwoHolders() {
    while (lock.isHeld()) {
      assertThat(other.tryAcquire("a")).isInstanceOf(Acquisition.Busy.class);
      advance(ofMillis(10));
    }
    advance(ofSeconds(2));
    assertThat(other.tryAcquire("a")).isInstanceOf(Acquisition.Acquired.class);
  }

  private void advance(Duration duration) {
    holderClock.advance(duration);
    otherClock.advance(duration);
  }

  private LockClient client(ManualClock clock) {
    return DynamoDbLockClient.create(table, "locks")
        .withTimeSource(clock)
        .withLeaseDuration(ofSeconds(10));
  }

  private static HeldLock acquire(LockClient client) {
    return ((Acquisition.Acquired) client.tryAcquire("a")).lock();
  }
}
