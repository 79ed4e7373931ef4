package dev.holdfast.lock;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.TicketRefusedException.Reason;
import dev.holdfast.lock.protocol.Reply;
import dev.holdfast.lock.protocol.Reply.Fault;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Write;
import org.junit.jupiter.api.Test;

class RedemptionTest {
  private final ScriptedTable table = new ScriptedTable();
  private final HandTime time = new HandTime();
  private final Locks locks = Locks.on(table).withTime(time).withLease(ofSeconds(10));
  private final HeldLock given =
      ((Acquisition.Acquired) locks.tryAcquire(LockRequest.of("order-1").event("e-1"))).lock();

  @Test
  void ticket_costsNothing_andEndsTheGiver() {
    given.ticket();

    assertThat(given.isHeld()).isFalse();
    assertThat(given.remaining()).isZero();
    given.close();
    assertThat(table.sent()).hasSize(1);
  }

  @Test
  void ticket_givenAway_theGiverSaysSo() {
    given.ticket();
    String why = "since it was handed over by a ticket";
    assertThatThrownBy(given::renew)
        .isInstanceOf(LockClosedException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(given::release).hasMessageContaining(why);
    assertThatThrownBy(() -> given.complete(ofSeconds(60))).hasMessageContaining(why);
    assertThatThrownBy(given::ticket).hasMessageContaining(why);
    assertThatThrownBy(given::fencingToken).hasMessageContaining(why);
    assertThatThrownBy(given::ensureHeld)
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("handed over");
    assertThat(table.sent()).hasSize(1);
  }

  @Test
  void ticket_ofALockWhoseLeaseIsOver_isNotGiven() {
    time.passes(ofSeconds(10));
    assertThatThrownBy(given::ticket).isInstanceOf(LockLostException.class);
  }

  @Test
  void ticket_afterAnUnansweredRenewal_isNotGiven_andTheLockIsStillHeld() {
    table.thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true);
    assertThatThrownBy(given::renew).isInstanceOf(LockOutcomeUnknownException.class);

    assertThatThrownBy(given::ticket)
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessageContaining("the last renewal");

    assertThat(given.isHeld()).isTrue();
    given.renew();
    assertThat(given.ticket()).startsWith("hold1.");
  }

  @Test
  void redeem_isOneWrite_withANewNonceAndALargerToken() {
    FencingToken givers = given.fencingToken();
    Write first = table.last();
    HeldLock lock = locks.withHolder("receiver").redeem(given.ticket());

    Write.Redeem sent = (Write.Redeem) table.last();
    assertThat(table.sent()).hasSize(2);
    assertThat(sent.given()).isEqualTo(first.row().stamp());
    assertThat(sent.row().stamp().nonce()).isNotEqualTo(first.row().stamp().nonce());
    assertThat(sent.row().claimant().holder()).isEqualTo("receiver");
    assertThat(sent.row().claimant().event()).isEqualTo("e-1");
    assertThat(lock.fencingToken()).isGreaterThan(givers);
    assertThat(lock.name()).isEqualTo("order-1");
  }

  @Test
  void redeemedLock_hasAWholeLease_andIsReleasedWithAMarker() {
    time.passes(ofSeconds(6));
    HeldLock lock = locks.redeem(given.ticket());

    time.passes(ofSeconds(9));
    assertThat(lock.isHeld()).isTrue();
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    assertThat(table.last().row().state()).isEqualTo(RowState.FREE);
  }

  @Test
  void redeem_expiredTicket_isRefusedWithoutACall() {
    String ticket = given.ticket();
    time.passes(ofSeconds(10));
    assertRefused(ticket, Reason.EXPIRED, "its lease has ended");
    assertThat(table.sent()).hasSize(1);
  }

  @Test
  void redeem_expiredTicket_whereNoClockIsTrusted_isForTheTableToSay() {
    String ticket = given.ticket();
    time.passes(ofSeconds(10));
    HeldLock lock = locks.withClockModel(ClockModel.unsynchronized()).redeem(ticket);
    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void redeem_ofAnotherRow_isRefused_andNamesWhoHasIt() {
    table.thenRefuses(write -> ScriptedTable.others(write, RowState.HELD));
    assertRefused(given.ticket(), Reason.USED, "its row is now HELD by other host");
  }

  @Test
  void redeem_ofARowThatIsGone_isRefused() {
    table.thenRefuses(write -> new Seen.NoRow());
    assertRefused(given.ticket(), Reason.USED, "its row is gone");
  }

  @Test
  void redeem_ofAForeignRow_saysSo() {
    table.thenRefuses(write -> new Seen.ForeignRow("it has no format number"));
    String ticket = given.ticket();
    assertThatThrownBy(() -> locks.redeem(ticket)).isInstanceOf(ForeignRowException.class);
  }

  @Test
  void redeem_whoseAnswerWasLost_meetsItsOwnRow() {
    table.thenFails(Fault.NO_ANSWER, true).then(write -> new Reply.Refused(write.row()));
    assertThat(locks.redeem(given.ticket()).isHeld()).isTrue();
    assertThat(table.sent()).hasSize(3);
    assertThat(table.sent().get(1)).isEqualTo(table.sent().get(2));
  }

  @Test
  void redeem_neverAnswered_isUnknown_andReleasesWhatItMayHaveTaken() {
    table.thenFails(Fault.NO_ANSWER, true).thenFails(Fault.NO_ANSWER, true);
    String ticket = given.ticket();

    assertThatThrownBy(() -> locks.redeem(ticket))
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessageContaining("the redemption of a ticket");

    assertThat(table.sent()).hasSize(4);
    assertThat(table.last().row().state()).isEqualTo(RowState.FREE);
    assertThat(table.last().row().stamp()).isEqualTo(table.sent().get(1).row().stamp());
  }

  @Test
  void redeem_certainlyNotDone_leavesTheTicketGood() {
    table.thenFails(Fault.PERMANENT, false);
    String ticket = given.ticket();
    assertThatThrownBy(() -> locks.redeem(ticket)).isInstanceOf(LockTableException.class);
    assertThat(locks.redeem(ticket).isHeld()).isTrue();
  }

  @Test
  void redeem_answeredAfterTheLease_isGivenBack() {
    table.then(
        write -> {
          time.passes(ofSeconds(11));
          return new Reply.Applied(new Seen.NoRow(), false);
        });
    String ticket = given.ticket();
    assertThatThrownBy(() -> locks.redeem(ticket))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageContaining("was given back");
    assertThat(table.last().row().state()).isEqualTo(RowState.FREE);
  }

  private void assertRefused(String ticket, Reason reason, String why) {
    assertThatExceptionOfType(TicketRefusedException.class)
        .isThrownBy(() -> locks.redeem(ticket))
        .withMessageContaining("the ticket for lock 'order-1' cannot be redeemed")
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
