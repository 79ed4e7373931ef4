package dev.holdfast.testkit.contract;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Hosts that trust no clock, alone and beside those that do. */
@OnEveryTable
class TakeOverByWatchingContractTest extends Contract {
  /** A whole lease and a thousandth. */
  private static final Duration WATCH = LEASE.plusMillis(10);

  private final Host first = host("first", time, ClockModel.unsynchronized());
  private final Host watcher = host("watcher", time, ClockModel.unsynchronized());

  TakeOverByWatchingContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void rows_sayThatNoClockIsTrusted_andCarryNoTtl() {
    first.wins(name);

    assertThat(row()).doesNotContainKeys("skew_ms", "ttl");
  }

  @Test
  void rows_carryATtlWhereItIsAskedFor() {
    host("expiring", time, ClockModel.unsynchronized().expiringRows()).wins(name);

    assertThat(number("ttl")).isGreaterThanOrEqualTo(NOON.plusSeconds(86_400).getEpochSecond());
  }

  @Test
  void rowLongPastItsEnd_isNotTakenOnTheFirstLook() {
    first.wins(name);
    time.advance(ofDays(2));

    watcher.findsBusy(name);
  }

  @Test
  void unchangedRow_isTakenOver_onceWatchedForAWholeLease_andNotBefore() {
    first.wins(name);
    watcher.findsBusy(name);

    time.advance(WATCH.minusMillis(1));
    watcher.findsBusy(name);
    time.advance(ofMillis(1));

    assertThat(watcher.wins(name).isHeld()).isTrue();
  }

  @Test
  void renewal_startsTheWatchAgain() {
    HeldLock lock = first.wins(name);
    watcher.findsBusy(name);
    time.advance(ofSeconds(6));
    lock.renew();
    time.advance(ofSeconds(6));
    watcher.findsBusy(name);

    time.advance(ofSeconds(9));

    watcher.findsBusy(name);
    assertThat(text("holder")).isEqualTo("first");
  }

  @Test
  void nextHolder_startsTheWatchAgain() {
    HeldLock lock = first.wins(name);
    watcher.findsBusy(name);
    time.advance(ofSeconds(9));
    lock.release();
    HeldLock next = host("next", time, ClockModel.unsynchronized()).wins(name);
    time.advance(ofSeconds(2));

    watcher.findsBusy(name);

    assertThat(next.isHeld()).isTrue();
  }

  @Test
  void watching_countsOnlyWhatTheWatcherSaw() {
    first.wins(name);
    time.advance(ofSeconds(9));
    watcher.findsBusy(name);

    time.advance(ofSeconds(9));

    watcher.findsBusy(name);
  }

  @Test
  void watching_countsOnTheMonotonicClock_evenWhereTheWallClockJumps() {
    var clock = ManualTime.at(NOON);
    Host jumping = host("jumping", clock, ClockModel.unsynchronized());
    first.wins(name);
    jumping.findsBusy(name);

    clock.jumpWall(ofDays(1));

    jumping.findsBusy(name);
  }

  @Test
  void watcher_takesOverWhereItsClockIsFarBehind() throws InterruptedException {
    var clock = ManualTime.at(NOON.minus(ofDays(1)));
    Host behind = host("behind", clock);
    host("bounded").wins(name);

    try (HeldLock lock = behind.locks().acquire(LockRequest.of(name).waitUpTo(ofSeconds(60)))) {
      assertThat(lock.isHeld()).isTrue();
    }

    assertThat(clock.wall())
        .isBetween(NOON.minus(ofDays(1)).plus(WATCH), NOON.minus(ofDays(1)).plus(ofSeconds(11)));
  }

  @Test
  void boundedTaker_watchesAHolderThatTrustsNoClock() {
    first.wins(name);
    Host bounded = host("bounded");
    time.advance(ofDays(1));
    bounded.findsBusy(name);

    time.advance(WATCH);

    assertThat(bounded.wins(name).isHeld()).isTrue();
  }

  @Test
  void unsynchronizedTaker_watchesABoundedHolder() {
    host("bounded").wins(name);
    time.advance(ofDays(1));
    watcher.findsBusy(name);

    time.advance(WATCH);

    watcher.wins(name);
  }

  @Test
  void completion_isRememberedByWallClock_alsoWithoutTrust() {
    first.wins(name).complete(ofSeconds(60));
    watcher.findsDone(name);

    time.advance(ofSeconds(60));

    watcher.wins(name);
  }
}
