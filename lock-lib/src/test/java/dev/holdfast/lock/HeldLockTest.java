package dev.holdfast.lock;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Renewal;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Reply.Fault;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Write;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeldLockTest {
  private final ScriptedTable table = new ScriptedTable();
  private final HandTime time = new HandTime();
  private final HeldLock lock = acquired();

  private HeldLock acquired() {
    Locks locks = Locks.on(table).withTime(time);
    return ((Acquisition.Acquired) locks.tryAcquire("order-1")).lock();
  }

  @Test
  void release_deletesTheRow_whoseTokenNobodyAskedFor() {
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(table.last()).isInstanceOf(Write.Forget.class);
    assertThat(table.sent()).hasSize(2);
  }

  @Test
  void release_leavesAMarker_onceTheTokenWasAskedFor() {
    assertThat(lock.fencingToken().value()).isEqualTo(table.last().row().stamp().token());
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(table.last().row().state()).isEqualTo(RowState.FREE);
  }

  @Test
  void release_ofARowThatSaysDoneUnderMyNonce_isCompleted() {
    table.thenRefuses(
        write -> {
          LockRow mine = write.row();
          return new LockRow(
              mine.name(), RowState.DONE, mine.stamp(), mine.term(), mine.claimant());
        });
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.COMPLETED);
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void fencingToken_askedForAfterTheRowWasDeleted_isRefused() {
    lock.release();
    assertThatThrownBy(lock::fencingToken)
        .isInstanceOf(LockClosedException.class)
        .hasMessage(
            "lock 'order-1': cannot give its fencing token, since it was released or completed;"
                + " acquire it again");
  }

  @Test
  void fencingToken_seenBefore_canBeReadAfterRelease() {
    FencingToken token = lock.fencingToken();
    lock.release();
    assertThat(lock.fencingToken()).isEqualTo(token);
    assertThat(token).isLessThan(new FencingToken(token.value() + 1));
    assertThat(token).hasToString(Long.toString(token.value()));
  }

  @Test
  void remaining_countsDown_andOnceOverStaysOver() {
    assertThat(lock.remaining()).isEqualTo(ofMillis(9_990));
    time.passes(ofMillis(9_990));
    assertThat(lock.remaining()).isZero();
    assertThat(lock.isHeld()).isFalse();
    time.passes(ofSeconds(-9));
    assertThat(lock.isHeld()).isFalse();
    assertThatThrownBy(lock::ensureHeld)
        .isInstanceOf(LockLostException.class)
        .hasMessage(
            "lock 'order-1' is lost: its lease is over; stop, somebody else may hold it now");
  }

  @Test
  void ensureHeld_whileHeld_saysNothing() {
    assertThatCode(lock::ensureHeld).doesNotThrowAnyException();
  }

  @Test
  void renew_extendsTheLease() {
    time.passes(ofSeconds(5));
    lock.renew();
    assertThat(lock.remaining()).isEqualTo(ofMillis(9_990));
    assertThat(table.last().row().stamp().version()).isEqualTo(1);
    lock.renew(ofSeconds(60));
    assertThat(lock.remaining()).isEqualTo(ofMillis(59_940));
  }

  @Test
  void renew_afterValidity_isRefusedWithoutACall() {
    time.passes(ofMillis(9_990));
    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);
    assertThat(table.sent()).hasSize(1);
  }

  @Test
  void renewalForASet_afterValidity_saysThatTheLockIsLost_withoutACall() {
    time.passes(ofMillis(9_990));
    assertThat(lock.renewal(ofSeconds(10))).isEqualTo(new Renewal.Lost());
    assertThat(table.sent()).hasSize(1);
  }

  @Test
  void renew_whoseAnswerComesAfterTheNewLease_isLost() {
    table.then(
        write -> {
          time.passes(ofSeconds(20));
          return new Reply.Applied(write.row(), false);
        });
    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);
  }

  @Test
  void renew_ofALostRow_isLostForGood_andReleaseSendsNothing() {
    table.thenRefuses(w -> ScriptedTable.others(w, RowState.HELD));
    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);
    assertThat(lock.isHeld()).isFalse();
    int sent = table.sent().size();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LATE);
    assertThat(table.sent()).hasSize(sent);
  }

  @Test
  void renew_answeredOnlyTheSecondTime_isRenewed_withOneExtraCall() {
    time.passes(ofSeconds(5));
    table.thenFails(Fault.NO_ANSWER, true).thenRefuses(Write::row);
    lock.renew();
    assertThat(lock.remaining()).isEqualTo(ofMillis(9_990));
    assertThat(table.sent()).hasSize(3);
  }

  @Test
  void renew_unanswered_isUnknown_andMayBeTriedAgain() {
    time.passes(ofSeconds(5));
    table.thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true);
    assertThatThrownBy(lock::renew)
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessage(
            "no answer to the renewal of lock 'order-1': it may or may not have taken effect");
    assertThat(lock.remaining()).isEqualTo(ofMillis(4_990));
    lock.renew();
    assertThat(lock.remaining()).isEqualTo(ofMillis(9_990));
  }

  @Test
  void renew_certainlyNotDone_throwsTheTablesError() {
    table.thenFails(Fault.PERMANENT, false);
    assertThatThrownBy(lock::renew)
        .isInstanceOf(LockTableException.class)
        .hasMessage("told to fail");
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void renew_outOfRange_isRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> lock.renew(ofMillis(200)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lease must be at least 1 s, got 200 ms");
    assertThat(table.sent()).hasSize(1);
  }

  @Test
  void release_answeredOnlyTheSecondTime_isReleased() {
    table.thenFails(Fault.NO_ANSWER, true).thenRefuses(w -> new Seen.NoRow());
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(table.sent()).hasSize(3);
  }

  @Test
  void release_afterTakeover_isLate() {
    time.passes(ofSeconds(30));
    table.thenRefuses(w -> ScriptedTable.others(w, RowState.HELD));
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LATE);
  }

  @Test
  void release_afterTheLeaseButBeforeATakeover_frees() {
    time.passes(ofSeconds(30));
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void release_unanswered_isUnknown_andNothingMoreIsSent() {
    table.thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true);
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
    lock.close();
    assertThat(table.sent()).hasSize(3);
  }

  @Test
  void release_certainlyNotDone_mayBeTriedAgain() {
    table.thenFails(Fault.PERMANENT, false);
    assertThatThrownBy(lock::release).hasMessage("told to fail");
    assertThat(lock.isHeld()).isTrue();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void release_byAnInterruptedThread_isSent_andKeepsTheInterrupt() {
    Thread.currentThread().interrupt();
    ReleaseOutcome outcome = lock.release();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void closedLock_usedAgain_saysSo() {
    lock.close();
    lock.close();
    assertThat(table.sent()).hasSize(2);
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
  void close_neverThrows() {
    table.thenFails(Fault.PERMANENT, false);
    assertThatCode(lock::close).doesNotThrowAnyException();
    lock.close();
    assertThat(table.sent()).hasSize(2);
  }

  @Test
  void complete_remembers_andCloseSendsNoRelease() {
    lock.complete(ofDays(1));
    assertThat(table.last().row().state()).isEqualTo(RowState.DONE);
    lock.close();
    assertThat(table.sent()).hasSize(2);
  }

  @Test
  void complete_forAPartOfAMillisecondMore_isRememberedForAllOfIt() {
    lock.complete(ofSeconds(1).plusNanos(1));
    assertThat(table.last().row().term().expiresAtMillis())
        .isEqualTo(time.wall().plusMillis(1_001).toEpochMilli());
  }

  @Test
  void complete_answeredOnlyTheSecondTime_isCompleted() {
    table.thenFails(Fault.NO_ANSWER, true).thenRefuses(Write::row);
    assertThatCode(() -> lock.complete(ofDays(1))).doesNotThrowAnyException();
    assertThat(table.sent()).hasSize(3);
  }

  @Test
  void complete_afterTakeover_isLost() {
    time.passes(ofSeconds(30));
    table.thenRefuses(w -> ScriptedTable.others(w, RowState.HELD));
    assertThatThrownBy(() -> lock.complete(ofDays(1)))
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("its row is no longer ours");
  }

  @Test
  void complete_unanswered_isUnknown_andCloseSendsNoRelease() {
    table.thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true);
    assertThatThrownBy(() -> lock.complete(ofDays(1)))
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessageContaining("the completion");
    lock.close();
    assertThat(table.sent()).hasSize(3);
  }

  @Test
  void complete_certainlyNotDone_leavesTheLockToBeReleased() {
    table.thenFails(Fault.PERMANENT, false);
    assertThatThrownBy(() -> lock.complete(ofDays(1))).hasMessage("told to fail");
    lock.close();
    assertThat(table.last()).isInstanceOf(Write.Forget.class);
  }

  @Test
  void complete_outOfRange_isRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> lock.complete(Duration.ZERO))
        .hasMessage("window must be at least 1 s, got 0 s");
    assertThatThrownBy(() -> lock.complete(ofDays(3_661)))
        .hasMessage("window must be at most 87840 h, got 87864 h");
    assertThat(table.sent()).hasSize(1);
  }

  @Test
  void toString_helpsInALog() {
    assertThat(lock.toString()).startsWith("HeldLock[order-1, it is held, holder ");
  }
}
