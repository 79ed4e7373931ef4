package dev.holdfast.lock.internal.engine;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.UnrecognizedRowException;
import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SemaphoreRunnerTest {
  private static final LockRequest MAIL = LockRequest.of("mail").permits(3);

  private final ScriptedLockStore store = new ScriptedLockStore();
  private final ManualTimeSource timeSource = new ManualTimeSource();
  private final LockClient client = DefaultLockClient.create(store).withTimeSource(timeSource);

  private void rejectNext(int times) {
    for (int i = 0; i < times; i++) {
      store.thenRejects(w -> ScriptedLockStore.otherRow(w, RowState.HELD));
    }
  }

  @Test
  void tryAcquire_ofAFreePermit_writesOneRowOfItsOwn() {
    HeldLock lock = client.tryAcquire(MAIL).fold(held -> held, busy -> null, completed -> null);
    assertThat(lock.name()).matches("mail#permit-[123]");
    assertThat(store.writes()).hasSize(1);
  }

  @Test
  void tryAcquire_whenAllPermitsAreHeld_isBusy() {
    rejectNext(3);
    Acquisition acquisition = client.tryAcquire(MAIL);
    assertThat(acquisition).isInstanceOf(Acquisition.Busy.class);
    assertThat(store.writes())
        .extracting(Write::name)
        .containsExactlyInAnyOrder("mail#permit-1", "mail#permit-2", "mail#permit-3");
  }

  @Test
  void tryAcquire_withOneFreePermit_acquiresIt() {
    rejectNext(2);
    assertThat(client.tryAcquire(MAIL)).isInstanceOf(Acquisition.Acquired.class);
    assertThat(store.writes()).hasSize(3);
  }

  @Test
  void acquire_whenAllPermitsAreHeld_sendsOneWriteAfterEachPause() throws InterruptedException {
    rejectNext(5);
    Duration start = Duration.ofNanos(timeSource.monotonicNanos());
    try (HeldLock lock = client.acquire(MAIL)) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(store.writes()).hasSize(6);
    }
    Duration waited = Duration.ofNanos(timeSource.monotonicNanos()).minus(start);
    assertThat(waited).isPositive();
    assertThat(store.writes()).hasSize(7);
  }

  @Test
  void acquire_afterMaxWait_throwsThatNoPermitIsFree() {
    rejectNext(1_000);
    assertThatExceptionOfType(LockUnavailableException.class)
        .isThrownBy(() -> client.acquire(MAIL.maxWait(ofSeconds(2))))
        .withMessageStartingWith(
            "no permit of 3 of 'mail' is free, the lease that expires first is of other host for"
                + " event event-9 since")
        .withMessageEndingWith("waited up to 2 s: try again later, or increase maxWait");
  }

  @Test
  void call_afterTheWork_returnsItsResultAndReleases() throws InterruptedException {
    assertThat(client.<Boolean, RuntimeException>call(MAIL, Lease::isHeld)).isTrue();
    assertThat(store.lastWrite()).isInstanceOf(Write.Delete.class);
  }

  @Test
  void acquire_interruptedWhileWaiting_throwsInterruptedException() {
    rejectNext(3);
    timeSource.interruptNextSleep();
    assertThatThrownBy(() -> client.acquire(MAIL)).isInstanceOf(InterruptedException.class);
    assertThat(store.writes()).hasSize(3);
  }

  @Test
  void acquire_afterLostReplies_abandonsThePermitAndTriesTheNext() throws InterruptedException {
    store.thenFails(FailureKind.NO_REPLY, true).thenFails(FailureKind.NO_REPLY, true).thenApplies();
    try (HeldLock lock = client.acquire(MAIL)) {
      Write lost = store.writes().get(0);
      assertThat(store.writes().get(1)).isEqualTo(lost);
      assertThat(store.writes().get(2)).isInstanceOf(Write.End.class);
      assertThat(store.writes().get(2).name()).isEqualTo(lost.name());
      assertThat(lock.name()).isNotEqualTo(lost.name());
    }
  }

  @Test
  void acquire_whileThrottled_backsOffUntilMaxWait() {
    for (int i = 0; i < 1_000; i++) {
      store.thenFails(FailureKind.THROTTLED, false);
    }
    assertThatThrownBy(() -> client.acquire(MAIL.maxWait(ofMillis(500))))
        .isInstanceOf(LockTableException.class);
    assertThat(store.writes().size()).isBetween(3, 20);
  }

  @Test
  void tryAcquire_ofAnUnrecognizedRow_throwsWithItsKey() {
    store.thenRejects(w -> new RowSnapshot.UnrecognizedRow("its format is 2"));
    assertThatExceptionOfType(UnrecognizedRowException.class)
        .isThrownBy(() -> client.tryAcquire(MAIL))
        .withMessageStartingWith("the row with key 'mail#permit-");
  }

  @Test
  void complete_ofAPermit_isRefusedAndThePermitIsStillHeld() throws InterruptedException {
    try (HeldLock lock = client.acquire(MAIL)) {
      assertThatThrownBy(() -> lock.complete(ofSeconds(60)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageStartingWith("'" + lock.name() + "' is a permit");
      assertThat(lock.isHeld()).isTrue();
      assertThat(store.writes()).hasSize(1);
    }
  }

  @Test
  void permits_areFrom1To100() {
    LockRequest request = LockRequest.of("mail");
    assertThat(request.permits(1).permits()).isEqualTo(1);
    assertThat(request.permits(100).permits()).isEqualTo(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.permits(0))
        .withMessage("permits must be 1 to 100, got 0: for more, split the resource by name");
    assertThatIllegalArgumentException().isThrownBy(() -> request.permits(101));
  }

  @Test
  void permitSuffix_countsTowardsTheNameLength_andIsReserved() {
    LockRequest longest = LockRequest.of("x".repeat(2_048 - "#permit-9".length()));
    assertThat(longest.permits(9).permits()).isEqualTo(9);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> longest.permits(10))
        .withMessage(
            "name and the suffix of 10 permits must be 1 to 2048 bytes of UTF-8 together, got 2049"
                + " bytes: shorten the name, or use a hash of it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockRequest.of("mail#permit-1"))
        .withMessage(
            "name must not contain '#permit-', which marks the names of permits, got"
                + " 'mail#permit-1': choose another name, or request a permit of the name before"
                + " it");
  }

  @Test
  void options_setInAnyOrder_areKept() {
    LockRequest request =
        MAIL.leaseDuration(ofSeconds(7)).maxWait(ofSeconds(1)).event("e").holder("h");
    assertThat(request.requestDeadline(ofSeconds(3)).permits()).isEqualTo(3);
    assertThat(request.permits(4).leaseDuration()).isEqualTo(ofSeconds(7));
  }
}
