package dev.holdfast.testkit.contract;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import org.junit.jupiter.api.Test;

@OnEveryTable
class RenewContractTest extends Contract {
  private final Host first = host("first");
  private final Host second = host("second");

  RenewContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void renew_startsTheLeaseAgain_underTheSameTokenAndNonce() {
    HeldLock lock = first.wins(name);
    String nonce = text("nonce");
    long token = number("token");
    time.advance(ofSeconds(7));

    lock.renew();

    assertThat(lock.remaining()).isGreaterThan(ofMillis(9_900));
    assertThat(number("version")).isEqualTo(1);
    assertThat(text("nonce")).isEqualTo(nonce);
    assertThat(number("token")).isEqualTo(token).isEqualTo(lock.fencingToken().value());
    assertThat(number("expires_at")).isEqualTo(millisAfterNoon(LEASE.plusSeconds(7)));
  }

  @Test
  void renewedLock_isNotTakenOverAtItsFirstLeasesEnd() {
    HeldLock lock = first.wins(name);
    time.advance(ofSeconds(7));
    lock.renew();
    time.advance(ofSeconds(5));

    second.findsBusy(name);

    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void renew_withAnotherLease_holdsForThat() {
    HeldLock lock = first.wins(name);

    lock.renew(ofSeconds(60));

    time.advance(ofSeconds(59));
    assertThat(lock.isHeld()).isTrue();
    assertThat(number("lease_ms")).isEqualTo(60_000);
    second.findsBusy(name);
  }

  @Test
  void renew_withAShorterLease_neverMovesTheRowsEndBack() {
    HeldLock lock = first.wins(name);

    lock.renew(ofSeconds(2));

    assertThat(number("expires_at")).isEqualTo(millisAfterNoon(LEASE));
    assertThat(lock.remaining()).isLessThan(ofSeconds(2));
  }

  @Test
  void renew_afterTheLeaseEnded_isLost_evenIfNobodyTookOver() {
    HeldLock lock = first.wins(name);
    var row = row();
    time.advance(LEASE);

    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);

    assertThat(lock.isHeld()).isFalse();
    assertThat(row()).isEqualTo(row);
  }

  @Test
  void renew_ofARowThatAnOperatorDeleted_isLost_andDoesNotBringItBack() {
    HeldLock lock = first.wins(name);
    table.delete(name);

    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);

    assertThat(table.row(name)).isEmpty();
    assertThat(lock.isHeld()).isFalse();
    assertThatThrownBy(lock::ensureHeld).isInstanceOf(LockLostException.class);
  }

  @Test
  void renew_afterAnOperatorGaveTheRowToAnother_isLost_andLeavesIt() {
    HeldLock lock = first.wins(name);
    table.delete(name);
    second.wins(name);
    var row = row();

    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void manyRenewals_countUp_andTheLockIsReleasedWell() {
    HeldLock lock = first.wins(name);
    for (int i = 1; i <= 5; i++) {
      time.advance(ofSeconds(4));
      lock.renew();
      assertThat(number("version")).isEqualTo(i);
    }

    lock.release();

    second.wins(name);
  }
}
