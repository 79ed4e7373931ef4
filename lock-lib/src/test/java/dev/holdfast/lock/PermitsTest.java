package dev.holdfast.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.protocol.Reply.Fault;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Write;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PermitsTest {
  private static final LockRequest MAIL = LockRequest.of("mail").permits(3);

  private final ScriptedTable table = new ScriptedTable();
  private final HandTime time = new HandTime();
  private final Locks locks = Locks.on(table).withTime(time);

  private void refuses(int times) {
    for (int i = 0; i < times; i++) {
      table.thenRefuses(w -> ScriptedTable.others(w, RowState.HELD));
    }
  }

  @Test
  void freePermit_isOneWrite_toARowOfItsOwn() {
    HeldLock lock = locks.tryAcquire(MAIL).fold(held -> held, busy -> null, done -> null);
    assertThat(lock.name()).matches("mail#permit-[123]");
    assertThat(table.sent()).hasSize(1);
  }

  @Test
  void tryAcquire_isBusy_onceEveryPermitWasRefused() {
    refuses(3);
    Acquisition acquisition = locks.tryAcquire(MAIL);
    assertThat(acquisition).isInstanceOf(Acquisition.Busy.class);
    assertThat(table.sent())
        .extracting(Write::name)
        .containsExactlyInAnyOrder("mail#permit-1", "mail#permit-2", "mail#permit-3");
  }

  @Test
  void tryAcquire_findsTheOnePermitThatIsFree() {
    refuses(2);
    assertThat(locks.tryAcquire(MAIL)).isInstanceOf(Acquisition.Acquired.class);
    assertThat(table.sent()).hasSize(3);
  }

  @Test
  void acquire_waits_oneWriteAfterEachPause() throws InterruptedException {
    refuses(5);
    Duration before = Duration.ofNanos(time.monotonicNanos());
    try (HeldLock lock = locks.acquire(MAIL)) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(table.sent()).hasSize(6);
    }
    Duration waited = Duration.ofNanos(time.monotonicNanos()).minus(before);
    assertThat(waited).isPositive();
    assertThat(table.sent()).hasSize(7);
  }

  @Test
  void acquire_pastItsBound_saysThatNoPermitIsFree() {
    refuses(1_000);
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> locks.acquire(MAIL.waitUpTo(ofSeconds(2))))
        .withMessageStartingWith(
            "no permit of 3 of 'mail' is free, the lease that ends first is of other host for"
                + " event event-9 since")
        .withMessageEndingWith("waited up to 2 s: try again later, or wait longer");
  }

  @Test
  void call_returnsWhatTheWorkReturns_andReleases() throws InterruptedException {
    assertThat(locks.<Boolean, RuntimeException>call(MAIL, Lease::isHeld)).isTrue();
    assertThat(table.last()).isInstanceOf(Write.Forget.class);
  }

  @Test
  void acquire_interruptedWhileWaiting_throwsThat() {
    refuses(3);
    time.interruptNextSleep();
    assertThatThrownBy(() -> locks.acquire(MAIL)).isInstanceOf(InterruptedException.class);
    assertThat(table.sent()).hasSize(3);
  }

  @Test
  void lostReplies_giveTheSlotUp_andGoOnWithTheNext() throws InterruptedException {
    table.thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true).thenApplies();
    try (HeldLock lock = locks.acquire(MAIL)) {
      Write lost = table.sent().get(0);
      assertThat(table.sent().get(1)).isEqualTo(lost);
      assertThat(table.sent().get(2)).isInstanceOf(Write.Settle.class);
      assertThat(table.sent().get(2).name()).isEqualTo(lost.name());
      assertThat(lock.name()).isNotEqualTo(lost.name());
    }
  }

  @Test
  void throttling_isWaitedOut_andEndsWithTheBound() {
    for (int i = 0; i < 1_000; i++) {
      table.thenFails(Fault.THROTTLED, false);
    }
    assertThatThrownBy(() -> locks.acquire(MAIL.waitUpTo(ofMillis(500))))
        .isInstanceOf(LockTableException.class);
    assertThat(table.sent().size()).isBetween(3, 20);
  }

  @Test
  void foreignRow_isAnError_andNamesItsKey() {
    table.thenRefuses(w -> new Seen.ForeignRow("its format is 2"));
    assertThatExceptionOfType(ForeignRowException.class)
        .isThrownBy(() -> locks.tryAcquire(MAIL))
        .withMessageStartingWith("the row under key 'mail#permit-");
  }

  @Test
  void permit_cannotBeCompleted_andIsStillHeld() throws InterruptedException {
    try (HeldLock lock = locks.acquire(MAIL)) {
      assertThatThrownBy(() -> lock.complete(ofSeconds(60)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageStartingWith("'" + lock.name() + "' is one of several permits");
      assertThat(lock.isHeld()).isTrue();
      assertThat(table.sent()).hasSize(1);
    }
  }

  @Test
  void numberOfPermits_isFrom1To100() {
    LockRequest request = LockRequest.of("mail");
    assertThat(request.permits(1).permits()).isEqualTo(1);
    assertThat(request.permits(100).permits()).isEqualTo(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.permits(0))
        .withMessage("permits must be 1 to 100, got 0: for more, split the resource by name");
    assertThatIllegalArgumentException().isThrownBy(() -> request.permits(101));
  }

  @Test
  void markOfPermits_countsTowardsTheNamesBytes_andNoNameMayHaveIt() {
    LockRequest longest = LockRequest.of("x".repeat(2_048 - "#permit-9".length()));
    assertThat(longest.permits(9).permits()).isEqualTo(9);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> longest.permits(10))
        .withMessage(
            "name and the mark of 10 permits must be 1 to 2048 bytes of UTF-8 together, got 2049"
                + " bytes: shorten the name, or use a hash of it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockRequest.of("mail#permit-1"))
        .withMessage(
            "name must not contain '#permit-', which marks the rows of permits, got"
                + " 'mail#permit-1': change it, or ask for permits of the name before it");
  }

  @Test
  void settings_surviveInAnyOrder() {
    LockRequest request = MAIL.lease(ofSeconds(7)).waitUpTo(ofSeconds(1)).event("e").holder("h");
    assertThat(request.callsWithin(ofSeconds(3)).permits()).isEqualTo(3);
    assertThat(request.permits(4).lease()).isEqualTo(ofSeconds(7));
  }
}
