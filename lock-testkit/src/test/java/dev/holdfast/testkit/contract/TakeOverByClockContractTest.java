package dev.holdfast.testkit.contract;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The first host crashes at once; each test asks when another may follow it. */
@OnEveryTable
class TakeOverByClockContractTest extends Contract {
  private final Host first = host("first");
  private final Host second = host("second");

  TakeOverByClockContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void crashedHolder_isReplacedOnTheFirstTry_afterLeaseAndSkew_andNotBefore() {
    first.wins(name);

    time.advance(LEASE.plus(SKEW).minusMillis(1));
    second.findsBusy(name);
    time.advance(ofMillis(1));

    assertThat(host("third").wins(name).isHeld()).isTrue();
  }

  @Test
  void successor_hasALargerToken_andWritesItsOwnRow() {
    HeldLock crashed = first.wins(name);
    FencingToken token = crashed.fencingToken();
    String nonce = text("nonce");
    time.advance(LEASE.plus(SKEW));

    assertThat(second.wins(name).fencingToken()).isGreaterThan(token);

    assertThat(text("holder")).isEqualTo("second");
    assertThat(text("nonce")).isNotEqualTo(nonce);
    assertThat(number("version")).isZero();
  }

  @Test
  void waiter_takesOverAtThatInstant() throws InterruptedException {
    first.wins(name);
    time.advance(ofSeconds(5));

    try (HeldLock lock = second.locks().acquire(LockRequest.of(name).waitUpTo(ofSeconds(60)))) {
      assertThat(lock.isHeld()).isTrue();
    }

    assertThat(Duration.between(NOON, time.wall()))
        .isBetween(LEASE.plus(SKEW), LEASE.plus(SKEW).plusMillis(2));
  }

  @Test
  void waiter_thatWatchedFromTheStart_takesOverEarlierThanTheClockSays()
      throws InterruptedException {
    first.wins(name);

    try (HeldLock lock = second.locks().acquire(LockRequest.of(name).waitUpTo(ofSeconds(60)))) {
      assertThat(lock.isHeld()).isTrue();
    }

    assertThat(Duration.between(NOON, time.wall()))
        .isBetween(LEASE.plusMillis(10), LEASE.plusMillis(12));
  }

  @Test
  void holderThatWasReplaced_knewBefore() {
    HeldLock lock = first.wins(name);
    time.advance(LEASE);

    assertThat(lock.isHeld()).isFalse();

    second.findsBusy(name);
  }

  @Test
  void taker_whoseBoundIsSmallerThanTheHolders_doesNotGoByTheClock() {
    host("careful", time, ClockModel.bounded(ofSeconds(5))).wins(name);
    time.advance(ofHours(1));

    second.findsBusy(name);

    time.advance(LEASE.plusMillis(20));
    second.wins(name);
  }

  @Test
  void taker_whoseBoundIsLargerThanTheHolders_waitsForItsOwn() {
    first.wins(name);
    Host careful = host("careful", time, ClockModel.bounded(ofSeconds(5)));

    time.advance(LEASE.plusSeconds(5).minusMillis(1));
    careful.findsBusy(name);
    time.advance(ofMillis(1));

    careful.wins(name);
  }

  @Test
  void taker_whoseClockIsAheadWithinTheBound_doesNotComeTooEarly() {
    HeldLock lock = first.wins(name);
    var ahead = ManualTime.at(NOON.plus(SKEW));
    Host other = host("ahead", ahead);

    time.advance(LEASE.minusMillis(20));
    ahead.advance(LEASE.minusMillis(20));

    other.findsBusy(name);
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void frozenHolder_whoseMonotonicClockStoodStill_goesByItsWallClock() {
    var sandbox = ManualTime.at(NOON);
    HeldLock lock = host("frozen", sandbox).wins(name);

    sandbox.freezeMonotonic();
    sandbox.advance(LEASE);

    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void holder_whoseWallClockIsSetBack_goesByItsMonotonicClock() {
    var clock = ManualTime.at(NOON);
    HeldLock lock = host("set back", clock).wins(name);

    clock.jumpWall(ofHours(-1));
    clock.advance(LEASE);

    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void validityThatIsOver_staysOver_whateverTheClockSaysLater() {
    var clock = ManualTime.at(NOON);
    HeldLock lock = host("jumping", clock).wins(name);

    clock.jumpWall(LEASE);
    assertThat(lock.isHeld()).isFalse();
    clock.jumpWall(LEASE.negated());

    assertThat(lock.isHeld()).isFalse();
  }
}
