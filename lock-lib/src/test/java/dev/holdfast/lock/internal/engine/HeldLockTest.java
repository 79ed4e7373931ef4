package dev.holdfast.lock.internal.engine;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RenewalResult;
import dev.holdfast.lock.internal.protocol.Reply;
import dev.holdfast.lock.internal.protocol.Reply.FailureKind;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.Write;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeldLockTest {
  private final ScriptedLockStore store = new ScriptedLockStore();
  private final ManualTimeSource timeSource = new ManualTimeSource();
  private final HeldLock lock = acquire();

  private HeldLock acquire() {
    LockClient client = DefaultLockClient.create(store).withTimeSource(timeSource);
    return ((Acquisition.Acquired) client.tryAcquire("order-1")).lock();
  }

  @Test
  void release_withoutAReadToken_deletesTheRow() {
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(store.lastWrite()).isInstanceOf(Write.Delete.class);
    assertThat(store.writes()).hasSize(2);
  }

  /** A host with a wrong clock has replaced the row and restored it with a larger token. */
  @Test
  void release_ofARestoredRow_isSentAgainWithItsToken_asAMarker() {
    store.thenRejects(HeldLockTest::restored);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertThat(store.writes().get(1)).isInstanceOf(Write.Delete.class);
    assertThat(store.lastWrite()).isInstanceOf(Write.End.class);
    assertThat(store.lastWrite().row().version().token())
        .isEqualTo(store.writes().get(1).row().version().token() + 7);
    assertThat(store.writes()).hasSize(3);
  }

  @Test
  void renewal_ofARestoredRow_isSentAgainWithItsToken_andKeepsTheFencingToken() {
    long token = store.lastWrite().row().version().token();
    store.thenRejects(HeldLockTest::restored);
    lock.renew();
    assertThat(store.lastWrite().row().version().token()).isEqualTo(token + 7);
    assertThat(lock.fencingToken().value()).isEqualTo(token);
    assertThat(lock.nonce()).isEqualTo(store.lastWrite().row().version().nonce());
    lock.complete(ofSeconds(60));
    assertThat(store.lastWrite().row().version().token()).isEqualTo(token + 7);
    assertThat(store.writes()).hasSize(4);
  }

  @Test
  void release_ofARowThatIsRestoredAgainAndAgain_isUnknown_afterFourWrites() {
    for (int i = 0; i < 4; i++) {
      store.thenRejects(HeldLockTest::restored);
    }
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
    assertThat(store.writes()).hasSize(1 + 4);
  }

  private static LockRow restored(Write write) {
    LockRow own = write.row();
    RowVersion version =
        new RowVersion(own.version().nonce(), own.version().token() + 7, own.version().renewals());
    return new LockRow(own.name(), RowState.HELD, version, own.leaseTerm(), own.holderInfo());
  }

  @Test
  void release_afterTheTokenWasRead_leavesAMarker() {
    assertThat(lock.fencingToken().value()).isEqualTo(store.lastWrite().row().version().token());
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.FREE);
  }

  @Test
  void release_ofARowCompletedWithItsNonce_isCompleted() {
    store.thenRejects(
        write -> {
          LockRow own = write.row();
          return new LockRow(
              own.name(), RowState.COMPLETED, own.version(), own.leaseTerm(), own.holderInfo());
        });
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.COMPLETED);
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void fencingToken_firstReadAfterRelease_isRefused() {
    lock.release();
    assertThatThrownBy(lock::fencingToken)
        .isInstanceOf(LockClosedException.class)
        .hasMessage(
            "lock 'order-1': cannot read its fencing token, because it was released or completed;"
                + " acquire it again");
  }

  @Test
  void fencingToken_readBeforeRelease_isReadableAfterRelease() {
    FencingToken token = lock.fencingToken();
    lock.release();
    assertThat(lock.fencingToken()).isEqualTo(token);
    assertThat(token).isLessThan(new FencingToken(token.value() + 1));
    assertThat(token).hasToString(Long.toString(token.value()));
  }

  @Test
  void remaining_afterExpiry_staysZero() {
    assertThat(lock.remaining()).isEqualTo(ofMillis(9_990));
    timeSource.advance(ofMillis(9_990));
    assertThat(lock.remaining()).isZero();
    assertThat(lock.isHeld()).isFalse();
    timeSource.advance(ofSeconds(-9));
    assertThat(lock.isHeld()).isFalse();
    assertThatThrownBy(lock::ensureHeld)
        .isInstanceOf(LockLostException.class)
        .hasMessage(
            "lock 'order-1' is lost: its lease has expired; stop, another holder may have acquired it");
  }

  @Test
  void ensureHeld_whileHeld_doesNotThrow() {
    assertThatCode(lock::ensureHeld).doesNotThrowAnyException();
  }

  @Test
  void renew_whileHeld_extendsTheLease() {
    timeSource.advance(ofSeconds(5));
    lock.renew();
    assertThat(lock.remaining()).isEqualTo(ofMillis(9_990));
    assertThat(store.lastWrite().row().version().renewals()).isEqualTo(1);
    lock.renew(ofSeconds(60));
    assertThat(lock.remaining()).isEqualTo(ofMillis(59_940));
  }

  @Test
  void renew_afterExpiry_isRefusedWithoutARequest() {
    timeSource.advance(ofMillis(9_990));
    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);
    assertThat(store.writes()).hasSize(1);
  }

  @Test
  void tryRenew_afterExpiry_isLostWithoutARequest() {
    timeSource.advance(ofMillis(9_990));
    assertThat(((DefaultHeldLock) lock).renewal().tryRenew(ofSeconds(10)))
        .isEqualTo(new RenewalResult.Lost());
    assertThat(store.writes()).hasSize(1);
  }

  @Test
  void renew_repliedAfterTheNewLeaseExpired_isLost() {
    store.thenReplies(
        write -> {
          timeSource.advance(ofSeconds(20));
          return new Reply.Applied(write.row(), false);
        });
    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);
  }

  @Test
  void renew_afterTakeover_isLostAndReleaseSendsNothing() {
    store.thenRejects(w -> ScriptedLockStore.otherRow(w, RowState.HELD));
    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);
    assertThat(lock.isHeld()).isFalse();
    int count = store.writes().size();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LOCK_LOST);
    assertThat(store.writes()).hasSize(count);
  }

  @Test
  void renew_repliedOnTheSecondSend_isRenewed() {
    timeSource.advance(ofSeconds(5));
    store.thenFails(FailureKind.NO_REPLY, true).thenRejects(Write::row);
    lock.renew();
    assertThat(lock.remaining()).isEqualTo(ofMillis(9_990));
    assertThat(store.writes()).hasSize(3);
  }

  @Test
  void renew_withoutAReply_isUnknownAndMayBeRetried() {
    timeSource.advance(ofSeconds(5));
    store.thenFails(FailureKind.NO_REPLY, true).thenFails(FailureKind.NO_REPLY, true);
    assertThatThrownBy(lock::renew)
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessage(
            "no reply to the renewal of lock 'order-1' was received: it may or may not have been applied");
    assertThat(lock.remaining()).isEqualTo(ofMillis(4_990));
    lock.renew();
    assertThat(lock.remaining()).isEqualTo(ofMillis(9_990));
  }

  @Test
  void renew_onAPermanentFault_throwsAndKeepsTheLock() {
    store.thenFails(FailureKind.PERMANENT, false);
    assertThatThrownBy(lock::renew)
        .isInstanceOf(LockTableException.class)
        .hasMessage("scripted failure");
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void renew_withALeaseOutOfRange_isRefusedWithoutARequest() {
    assertThatThrownBy(() -> lock.renew(ofMillis(200)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leaseDuration must be at least 1 s, got 200 ms");
    assertThat(store.writes()).hasSize(1);
  }

  @Test
  void release_repliedOnTheSecondSend_isReleased() {
    store.thenFails(FailureKind.NO_REPLY, true).thenRejects(w -> new RowSnapshot.NoRow());
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(store.writes()).hasSize(3);
  }

  @Test
  void call_ofAReleasedLock_doesNoWork() {
    lock.release();
    assertThatThrownBy(() -> lock.call(lease -> fail("work was done")))
        .isInstanceOf(LockClosedException.class);
  }

  @Test
  void call_ofAnExpiredLock_doesNoWork() {
    timeSource.advance(ofSeconds(30));
    assertThatThrownBy(() -> lock.call(lease -> fail("work was done")))
        .isInstanceOf(LockLostException.class);
  }

  @Test
  void release_afterTakeover_isLockLost() {
    timeSource.advance(ofSeconds(30));
    store.thenRejects(w -> ScriptedLockStore.otherRow(w, RowState.HELD));
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LOCK_LOST);
  }

  @Test
  void release_afterExpiryButBeforeTakeover_isReleased() {
    timeSource.advance(ofSeconds(30));
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void release_withoutAReply_isUnknownAndCloseSendsNothing() {
    store.alwaysFails(FailureKind.NO_REPLY, true);
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
    int sent = store.writes().size();
    lock.close();
    assertThat(store.writes()).hasSize(sent);
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_REPLY", "THROTTLED", "CONTENTION"})
  void release_isRepeatedUntilTheValidityEnds(FailureKind kind) {
    store.alwaysFails(kind, true);
    Duration validity = lock.remaining();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
    assertThat(timeSource.elapsed()).isBetween(validity.minusMillis(400), validity);
    assertThat(store.writes()).hasSizeBetween(25, 60);
    assertThat(store.writes().subList(1, 3)).as("identical").containsOnly(store.lastWrite());
  }

  @Test
  void release_withALongLease_isRepeatedForTenSeconds() {
    lock.renew(ofDays(1));
    store.alwaysFails(FailureKind.THROTTLED, false);
    assertThatThrownBy(lock::release).hasMessage("scripted failure");
    assertThat(timeSource.elapsed()).isBetween(ofMillis(9_600), ofSeconds(10));
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void release_afterTheLease_isSentTwice() {
    timeSource.advance(ofSeconds(11));
    store.alwaysFails(FailureKind.THROTTLED, false);
    assertThatThrownBy(lock::release).hasMessage("scripted failure");
    assertThat(store.writes()).hasSize(3);
  }

  @Test
  void complete_withARequestDeadline_isRepeatedAfterTheLease() {
    HeldLock withDeadline = acquireWithDeadline(ofSeconds(25));
    assertThatThrownBy(() -> withDeadline.complete(ofDays(1))).hasMessage("scripted failure");
    assertThat(timeSource.elapsed()).isBetween(ofMillis(24_600), ofSeconds(25));
  }

  @Test
  void release_withARequestDeadline_endsWithTheLease() {
    HeldLock withDeadline = acquireWithDeadline(ofSeconds(25));
    assertThatThrownBy(withDeadline::release).hasMessage("scripted failure");
    assertThat(timeSource.elapsed()).isBetween(ofMillis(9_500), ofSeconds(10));
  }

  private HeldLock acquireWithDeadline(Duration deadline) {
    ScriptedLockStore failing = new ScriptedLockStore().thenApplies();
    failing.alwaysFails(FailureKind.THROTTLED, false);
    LockClient client = DefaultLockClient.create(failing).withTimeSource(timeSource);
    LockRequest request = LockRequest.of("order-2").requestDeadline(deadline);
    return ((Acquisition.Acquired) client.tryAcquire(request)).lock();
  }

  @Test
  void release_interrupted_isSentTwice_andKeepsTheInterrupt() {
    store.alwaysFails(FailureKind.THROTTLED, false);
    Thread.currentThread().interrupt();
    assertThatThrownBy(lock::release).hasMessage("scripted failure");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.writes()).hasSize(3);
  }

  @Test
  void release_interruptedDuringABackoff_isSentOnceMore() {
    store.alwaysFails(FailureKind.NO_REPLY, true);
    timeSource.interruptNextSleep();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.writes()).hasSize(4);
  }

  @Test
  void renew_throttled_isSentTwice() {
    store.alwaysFails(FailureKind.THROTTLED, false);
    assertThatThrownBy(lock::renew).hasMessage("scripted failure");
    assertThat(store.writes()).hasSize(3);
  }

  @Test
  void release_onAPermanentFault_mayBeRetried() {
    store.thenFails(FailureKind.PERMANENT, false);
    assertThatThrownBy(lock::release).hasMessage("scripted failure");
    assertThat(lock.isHeld()).isTrue();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void release_byAnInterruptedThread_isSentAndKeepsTheInterrupt() {
    Thread.currentThread().interrupt();
    ReleaseOutcome outcome = lock.release();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void closedLock_usedAgain_throwsLockClosedException() {
    lock.close();
    lock.close();
    assertThat(store.writes()).hasSize(2);
    assertThat(lock.isHeld()).isFalse();
    assertThat(lock.remaining()).isZero();
    assertThatThrownBy(lock::release).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(lock::renew).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(() -> lock.complete(ofDays(1))).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(lock::ensureHeld)
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("it was released or completed");
  }

  @Test
  void close_onAPermanentFault_doesNotThrow() {
    store.thenFails(FailureKind.PERMANENT, false);
    assertThatCode(lock::close).doesNotThrowAnyException();
    lock.close();
    assertThat(store.writes()).hasSize(2);
  }

  @Test
  void complete_whileHeld_writesCompletedAndCloseSendsNothing() {
    lock.complete(ofDays(1));
    assertThat(store.lastWrite().row().state()).isEqualTo(RowState.COMPLETED);
    lock.close();
    assertThat(store.writes()).hasSize(2);
  }

  @Test
  void complete_withAFractionOfAMillisecond_roundsTheRetentionUp() {
    lock.complete(ofSeconds(1).plusNanos(1));
    assertThat(store.lastWrite().row().leaseTerm().expiresAtMillis())
        .isEqualTo(timeSource.wallTime().plusMillis(1_001).toEpochMilli());
  }

  @Test
  void complete_repliedOnTheSecondSend_isCompleted() {
    store.thenFails(FailureKind.NO_REPLY, true).thenRejects(Write::row);
    assertThatCode(() -> lock.complete(ofDays(1))).doesNotThrowAnyException();
    assertThat(store.writes()).hasSize(3);
  }

  @Test
  void complete_afterTakeover_isLost() {
    timeSource.advance(ofSeconds(30));
    store.thenRejects(w -> ScriptedLockStore.otherRow(w, RowState.HELD));
    assertThatThrownBy(() -> lock.complete(ofDays(1)))
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("its row is deleted or has another owner");
  }

  @Test
  void complete_withoutAReply_isUnknownAndCloseSendsNothing() {
    store.alwaysFails(FailureKind.NO_REPLY, true);
    assertThatThrownBy(() -> lock.complete(ofDays(1)))
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessageContaining("the completion");
    int sent = store.writes().size();
    lock.close();
    assertThat(store.writes()).hasSize(sent);
  }

  @Test
  void complete_onAPermanentFault_leavesTheLockReleasable() {
    store.thenFails(FailureKind.PERMANENT, false);
    assertThatThrownBy(() -> lock.complete(ofDays(1))).hasMessage("scripted failure");
    lock.close();
    assertThat(store.lastWrite()).isInstanceOf(Write.Delete.class);
  }

  @Test
  void complete_withARetentionOutOfRange_isRefusedWithoutARequest() {
    assertThatThrownBy(() -> lock.complete(Duration.ZERO))
        .hasMessage("retention must be 1 s to 3660 days, got PT0S");
    assertThatThrownBy(() -> lock.complete(ofMillis(999)))
        .hasMessage("retention must be 1 s to 3660 days, got PT0.999S");
    assertThatThrownBy(() -> lock.complete(ofDays(3_661)))
        .hasMessage("retention must be 1 s to 3660 days, got PT87864H");
    assertThat(store.writes()).hasSize(1);
  }

  @Test
  void toString_showsNameStateAndHolder() {
    assertThat(lock.toString()).startsWith("HeldLock[order-1, it is held, holder ");
  }
}
