package dev.holdfast.testkit.contract;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.TicketRefusedException;
import dev.holdfast.lock.TicketRefusedException.Reason;
import dev.holdfast.testkit.ManualTime;
import org.junit.jupiter.api.Test;

@OnEveryTable
class TicketContractTest extends Contract {
  private final Host giver = host("giver");
  private final Host receiver = host("receiver");
  private final Host other = host("other");

  TicketContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void redeemedLock_isHeldByTheReceiver_underALargerToken() {
    HeldLock given = giver.wins(name);
    long token = given.fencingToken().value();

    HeldLock lock = receiver.locks().redeem(given.ticket());

    assertThat(text("holder")).isEqualTo("receiver");
    assertThat(lock.fencingToken().value()).isGreaterThan(token).isEqualTo(number("token"));
    assertThat(other.findsBusy(name).description()).isEqualTo("receiver");
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    other.wins(name);
  }

  @Test
  void ticket_isRedeemedOnce() {
    String ticket = giver.wins(name).ticket();
    HeldLock lock = receiver.locks().redeem(ticket);

    assertRefused(ticket, Reason.USED);

    assertThat(lock.isHeld()).isTrue();
    assertThat(text("holder")).isEqualTo("receiver");
  }

  @Test
  void ticket_afterRenewals_isOfTheRenewedRow() {
    HeldLock given = giver.wins(name);
    time.advance(ofSeconds(7));
    given.renew();
    String ticket = given.ticket();
    time.advance(ofSeconds(7));

    assertThat(receiver.locks().redeem(ticket).isHeld()).isTrue();

    assertThat(number("version")).isZero();
    assertThat(number("expires_at")).isEqualTo(millisAfterNoon(LEASE.plusSeconds(14)));
  }

  @Test
  void ticket_afterATakeOver_isRefused_andLeavesTheSuccessor() {
    String ticket = giver.wins(name).ticket();
    time.advance(LEASE.plus(SKEW));
    HeldLock successor = other.wins(name);

    // A receiver whose clock is behind does not know that the lease has ended.
    assertThatExceptionOfType(TicketRefusedException.class)
        .isThrownBy(() -> lagging().locks().redeem(ticket))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.USED));

    assertThat(text("holder")).isEqualTo("other");
    assertThat(successor.isHeld()).isTrue();
  }

  private Host lagging() {
    return host("lagging", ManualTime.at(NOON));
  }

  @Test
  void ticket_afterItsLease_isExpired() {
    String ticket = giver.wins(name).ticket();
    time.advance(LEASE);
    assertRefused(ticket, Reason.EXPIRED);
  }

  @Test
  void ticket_nobodyRedeems_theLockIsTakenOverAsAfterACrash() {
    giver.wins(name).ticket();
    time.advance(LEASE);
    other.findsBusy(name);
    time.advance(SKEW);
    other.wins(name);
  }

  @Test
  void ticket_ofARowThatAnOperatorDeleted_isRefused_andDoesNotBringItBack() {
    String ticket = giver.wins(name).ticket();
    table.delete(name);
    assertRefused(ticket, Reason.USED);
    assertThat(table.row(name)).isEmpty();
  }

  private void assertRefused(String ticket, Reason reason) {
    assertThatExceptionOfType(TicketRefusedException.class)
        .isThrownBy(() -> receiver.locks().redeem(ticket))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
