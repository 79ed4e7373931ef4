package dev.holdfast.verification.contract;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests takeovers by hosts that trust no clock, alone and together with hosts that do. */
@OnEveryTable
class TakeoverByWatchedLeaseContractTest extends ContractFixture {
  /** One lease plus one thousandth. */
  private static final Duration WATCH_DURATION = LEASE_DURATION.plusMillis(10);

  private final Host first = host("first", time, ClockModel.unsynchronized());
  private final Host watcher = host("watcher", time, ClockModel.unsynchronized());

  TakeoverByWatchedLeaseContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void rows_ofUnsynchronizedHosts_haveNoSkewAndNoTtl() {
    first.acquire(name);

    assertThat(row()).doesNotContainKeys("skew_ms", "ttl");
  }

  @Test
  void rows_ofClockModelWithTtl_haveTtl() {
    host("expiring", time, ClockModel.unsynchronized().withTtl()).acquire(name);

    assertThat(numberAttribute("ttl"))
        .isGreaterThanOrEqualTo(NOON.plusSeconds(86_400).getEpochSecond());
  }

  @Test
  void expiredRow_isNotTakenOver_byFirstAttempt() {
    first.acquire(name);
    time.advance(ofDays(2));

    watcher.expectBusy(name);
  }

  @Test
  void unchangedRow_isTakenOver_afterWatchedLease_andNotBefore() {
    first.acquire(name);
    watcher.expectBusy(name);

    time.advance(WATCH_DURATION.minusMillis(1));
    watcher.expectBusy(name);
    time.advance(ofMillis(1));

    assertThat(watcher.acquire(name).isHeld()).isTrue();
  }

  @Test
  void renewal_restartsWatch() {
    HeldLock lock = first.acquire(name);
    watcher.expectBusy(name);
    time.advance(ofSeconds(6));
    lock.renew();
    time.advance(ofSeconds(6));
    watcher.expectBusy(name);

    time.advance(ofSeconds(9));

    watcher.expectBusy(name);
    assertThat(stringAttribute("holder")).isEqualTo("first");
  }

  @Test
  void nextHolder_restartsWatch() {
    HeldLock lock = first.acquire(name);
    watcher.expectBusy(name);
    time.advance(ofSeconds(9));
    lock.release();
    HeldLock next = host("next", time, ClockModel.unsynchronized()).acquire(name);
    time.advance(ofSeconds(2));

    watcher.expectBusy(name);

    assertThat(next.isHeld()).isTrue();
  }

  @Test
  void watch_startsAtFirstObservation() {
    first.acquire(name);
    time.advance(ofSeconds(9));
    watcher.expectBusy(name);

    time.advance(ofSeconds(9));

    watcher.expectBusy(name);
  }

  @Test
  void watch_usesMonotonicClock_whenWallClockJumps() {
    var clock = ManualClock.at(NOON);
    Host jumping = host("jumping", clock, ClockModel.unsynchronized());
    first.acquire(name);
    jumping.expectBusy(name);

    clock.adjustWall(ofDays(1));

    jumping.expectBusy(name);
  }

  @Test
  void watcher_withClockFarBehind_takesOver() throws InterruptedException {
    var clock = ManualClock.at(NOON.minus(ofDays(1)));
    Host behind = host("behind", clock);
    host("bounded").acquire(name);

    try (HeldLock lock = behind.lockClient().acquire(LockRequest.of(name).maxWait(ofSeconds(60)))) {
      assertThat(lock.isHeld()).isTrue();
    }

    assertThat(clock.wallTime())
        .isBetween(
            NOON.minus(ofDays(1)).plus(WATCH_DURATION), NOON.minus(ofDays(1)).plus(ofSeconds(11)));
  }

  @Test
  void boundedContender_watchesUnsynchronizedHolder() {
    first.acquire(name);
    Host bounded = host("bounded");
    time.advance(ofDays(1));
    bounded.expectBusy(name);

    time.advance(WATCH_DURATION);

    assertThat(bounded.acquire(name).isHeld()).isTrue();
  }

  @Test
  void unsynchronizedContender_watchesBoundedHolder() {
    host("bounded").acquire(name);
    time.advance(ofDays(1));
    watcher.expectBusy(name);

    time.advance(WATCH_DURATION);

    watcher.acquire(name);
  }

  @Test
  void completion_ofUnsynchronizedHost_expiresByWallClock() {
    first.acquire(name).complete(ofSeconds(60));
    watcher.expectCompleted(name);

    time.advance(ofSeconds(60));

    watcher.acquire(name);
  }
}
