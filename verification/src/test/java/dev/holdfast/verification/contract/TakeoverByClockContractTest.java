package dev.holdfast.verification.contract;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests when a host may take over from a host that has crashed, by the clock. */
@OnEveryTable
class TakeoverByClockContractTest extends ContractFixture {
  private final Host first = host("first");
  private final Host second = host("second");

  TakeoverByClockContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void crashedHolder_isReplacedByFirstAttempt_afterLeaseAndMaxSkew_andNotBefore() {
    first.acquire(name);

    time.advance(LEASE_DURATION.plus(MAX_SKEW).minusMillis(1));
    second.expectBusy(name);
    time.advance(ofMillis(1));

    assertThat(host("third").acquire(name).isHeld()).isTrue();
  }

  @Test
  void successor_hasLargerToken_andWritesItsOwnRow() {
    HeldLock crashed = first.acquire(name);
    FencingToken token = crashed.fencingToken();
    String nonce = stringAttribute("nonce");
    time.advance(LEASE_DURATION.plus(MAX_SKEW));

    assertThat(second.acquire(name).fencingToken()).isGreaterThan(token);

    assertThat(stringAttribute("holder")).isEqualTo("second");
    assertThat(stringAttribute("nonce")).isNotEqualTo(nonce);
    assertThat(numberAttribute("version")).isZero();
  }

  @Test
  void waiter_takesOver_afterLeaseAndMaxSkew() throws InterruptedException {
    first.acquire(name);
    time.advance(ofSeconds(5));

    try (HeldLock lock = second.lockClient().acquire(LockRequest.of(name).maxWait(ofSeconds(60)))) {
      assertThat(lock.isHeld()).isTrue();
    }

    assertThat(Duration.between(NOON, time.wallTime()))
        .isBetween(LEASE_DURATION.plus(MAX_SKEW), LEASE_DURATION.plus(MAX_SKEW).plusMillis(2));
  }

  @Test
  void waiter_thatWatchedTheWholeLease_takesOverBeforeMaxSkewIsOver() throws InterruptedException {
    first.acquire(name);

    try (HeldLock lock = second.lockClient().acquire(LockRequest.of(name).maxWait(ofSeconds(60)))) {
      assertThat(lock.isHeld()).isTrue();
    }

    assertThat(Duration.between(NOON, time.wallTime()))
        .isBetween(LEASE_DURATION.plusMillis(10), LEASE_DURATION.plusMillis(12));
  }

  @Test
  void holder_isNoLongerHeld_beforeTakeoverIsPossible() {
    HeldLock lock = first.acquire(name);
    time.advance(LEASE_DURATION);

    assertThat(lock.isHeld()).isFalse();

    second.expectBusy(name);
  }

  @Test
  void contender_withSmallerMaxSkewThanHolder_doesNotTrustClock() {
    host("careful", time, ClockModel.bounded(ofSeconds(5))).acquire(name);
    time.advance(ofHours(1));

    second.expectBusy(name);

    time.advance(LEASE_DURATION.plusMillis(20));
    second.acquire(name);
  }

  @Test
  void contender_withLargerMaxSkewThanHolder_waitsForItsOwn() {
    first.acquire(name);
    Host careful = host("careful", time, ClockModel.bounded(ofSeconds(5)));

    time.advance(LEASE_DURATION.plusSeconds(5).minusMillis(1));
    careful.expectBusy(name);
    time.advance(ofMillis(1));

    careful.acquire(name);
  }

  @Test
  void contender_withClockAheadByMaxSkew_doesNotTakeOverTooEarly() {
    HeldLock lock = first.acquire(name);
    var ahead = ManualClock.at(NOON.plus(MAX_SKEW));
    Host other = host("ahead", ahead);

    time.advance(LEASE_DURATION.minusMillis(20));
    ahead.advance(LEASE_DURATION.minusMillis(20));

    other.expectBusy(name);
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void holder_withFrozenMonotonicClock_expiresByWallClock() {
    var clock = ManualClock.at(NOON);
    HeldLock lock = host("frozen", clock).acquire(name);

    clock.freezeMonotonic();
    clock.advance(LEASE_DURATION);

    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void holder_withWallClockSetBack_expiresByMonotonicClock() {
    var clock = ManualClock.at(NOON);
    HeldLock lock = host("set back", clock).acquire(name);

    clock.adjustWall(ofHours(-1));
    clock.advance(LEASE_DURATION);

    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void expiredLock_staysExpired_whenClockIsSetBack() {
    var clock = ManualClock.at(NOON);
    HeldLock lock = host("jumping", clock).acquire(name);

    clock.adjustWall(LEASE_DURATION);
    assertThat(lock.isHeld()).isFalse();
    clock.adjustWall(LEASE_DURATION.negated());

    assertThat(lock.isHeld()).isFalse();
  }
}
