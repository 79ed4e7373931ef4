package dev.holdfast.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Write;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeasuredClockTest {
  private final ScriptedTable table = new ScriptedTable();
  private final HandTime time = new HandTime();
  private final Locks locks = Locks.on(table).withTime(time);

  private Instant serverTime(Duration hostIsAheadBy) {
    return time.wall().minus(hostIsAheadBy);
  }

  @Test
  void clockThatIsRight_changesNothing() {
    table.shows(serverTime(ofMillis(400)));
    assertThat(locks.tryAcquire("order-1")).isInstanceOf(Acquisition.Acquired.class);
    table.shows(serverTime(ofMillis(-400)));
    assertThat(locks.tryAcquire("order-2")).isInstanceOf(Acquisition.Acquired.class);
    assertThat(table.sent()).hasSize(2);
  }

  @Test
  void clockAhead_handsNothingOut_andSaysHowFarItIsOff() {
    table.shows(serverTime(ofSeconds(5)));

    LockClockException off =
        catchThrowableOfType(LockClockException.class, () -> locks.tryAcquire("order-1"));

    assertThat(off).hasMessageContaining("ms ahead of the table's").hasMessageContaining("order-1");
    assertThat(off.off()).isBetween(ofSeconds(2), ofSeconds(6));
    assertThat(table.last().row().state()).isEqualTo(RowState.FREE);
    assertThat(table.sent()).hasSize(2);
  }

  @Test
  void clockAhead_thatTookALiveLockOver_putsTheRowBackAsItWas() {
    table.shows(serverTime(ofSeconds(5)));
    LockRow[] theirs = new LockRow[1];
    table.then(
        write -> {
          theirs[0] = ScriptedTable.others(write, RowState.HELD);
          return new Reply.Applied(theirs[0], false);
        });

    assertThatThrownBy(() -> locks.tryAcquire("order-1")).isInstanceOf(LockClockException.class);

    Write.Restore restored = (Write.Restore) table.last();
    assertThat(restored.row()).isEqualTo(theirs[0]);
    assertThat(restored.mine()).isEqualTo(table.sent().get(0).row().stamp());
  }

  @Test
  void clockAhead_thatForgotDoneWork_putsThatBack() {
    table.shows(serverTime(ofSeconds(5)));
    table.then(write -> new Reply.Applied(ScriptedTable.others(write, RowState.DONE), false));
    assertThatThrownBy(() -> locks.tryAcquire("order-1")).isInstanceOf(LockClockException.class);
    assertThat(table.last().row().state()).isEqualTo(RowState.DONE);
  }

  @Test
  void clockAhead_whereItIsNotKnownWhatWasReplaced_leavesTheRowToItsLease() {
    table.shows(serverTime(ofSeconds(5)));
    table.thenFails(Reply.Fault.NO_ANSWER, true).then(write -> new Reply.Refused(write.row()));
    assertThatThrownBy(() -> locks.tryAcquire("order-1")).isInstanceOf(LockClockException.class);
    assertThat(table.sent()).hasSize(2).allMatch(Write.Acquire.class::isInstance);
  }

  @Test
  void clockKnownToBeOff_takesNothingOverByWallClock() {
    table.shows(serverTime(ofSeconds(5)));
    assertThatThrownBy(() -> locks.tryAcquire("order-1")).isInstanceOf(LockClockException.class);
    assertThat(((Write.Acquire) table.sent().get(0)).byClock()).isNotNull();

    assertThatThrownBy(() -> locks.tryAcquire("order-2")).isInstanceOf(LockClockException.class);

    Write.Acquire second = (Write.Acquire) table.sent().get(2);
    assertThat(second.byClock()).isNull();
    assertThat(second.row().term().skewMillisMax()).isNull();
  }

  @Test
  void clockThatIsCorrected_isTrustedAgain() {
    Instant server = serverTime(ofSeconds(5));
    table.shows(server);
    assertThatThrownBy(() -> locks.tryAcquire("order-1")).isInstanceOf(LockClockException.class);
    time.wallJumps(ofSeconds(-5));
    table.shows(time.wall());
    assertThat(locks.tryAcquire("order-2")).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void clockBehind_losesWhatItHolds_onceAReplyShowsIt() {
    HeldLock lock = ((Acquisition.Acquired) locks.tryAcquire("order-1")).lock();
    table.shows(serverTime(ofSeconds(-5)));

    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);

    assertThat(lock.isHeld()).isFalse();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LATE);
  }

  @Test
  void clockAhead_keepsWhatItHolds_sinceOthersWaitLonger() {
    HeldLock lock = ((Acquisition.Acquired) locks.tryAcquire("order-1")).lock();
    table.shows(serverTime(ofSeconds(5)));
    lock.renew();
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void redeemedTicket_byAClockThatIsOff_isGivenBack() {
    String ticket = ((Acquisition.Acquired) locks.tryAcquire("order-1")).lock().ticket();
    table.shows(serverTime(ofSeconds(-5)));
    assertThatThrownBy(() -> locks.redeem(ticket)).isInstanceOf(LockClockException.class);
    assertThat(table.last().row().state()).isEqualTo(RowState.FREE);
  }

  @Test
  void noClockTrusted_theDateIsNotLookedAt() {
    table.shows(serverTime(Duration.ofHours(1)));
    assertThat(locks.withClockModel(ClockModel.unsynchronized()).tryAcquire("order-1"))
        .isInstanceOf(Acquisition.Acquired.class);
  }
}
