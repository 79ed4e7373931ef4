package dev.holdfast.verification.contract;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockLostException;
import org.junit.jupiter.api.Test;

@OnEveryTable
class RenewContractTest extends ContractFixture {
  private final Host first = host("first");
  private final Host second = host("second");

  RenewContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void renew_restartsLease_withSameTokenAndNonce() {
    HeldLock lock = first.acquire(name);
    String nonce = stringAttribute("nonce");
    long token = numberAttribute("token");
    time.advance(ofSeconds(7));

    lock.renew();

    assertThat(lock.remaining()).isGreaterThan(ofMillis(9_900));
    assertThat(numberAttribute("version")).isEqualTo(1);
    assertThat(stringAttribute("nonce")).isEqualTo(nonce);
    assertThat(numberAttribute("token")).isEqualTo(token).isEqualTo(lock.fencingToken().value());
    assertThat(numberAttribute("expires_at"))
        .isEqualTo(millisAfterNoon(LEASE_DURATION.plusSeconds(7)));
  }

  @Test
  void renewedLock_isNotTakenOver_atFirstLeaseEnd() {
    HeldLock lock = first.acquire(name);
    time.advance(ofSeconds(7));
    lock.renew();
    time.advance(ofSeconds(5));

    second.expectBusy(name);

    assertThat(lock.isHeld()).isTrue();
  }

  @Test
  void renew_withLongerLeaseDuration_holdsThatLong() {
    HeldLock lock = first.acquire(name);

    lock.renew(ofSeconds(60));

    time.advance(ofSeconds(59));
    assertThat(lock.isHeld()).isTrue();
    assertThat(numberAttribute("lease_ms")).isEqualTo(60_000);
    second.expectBusy(name);
  }

  @Test
  void renew_withShorterLeaseDuration_doesNotMoveExpiryBack() {
    HeldLock lock = first.acquire(name);

    lock.renew(ofSeconds(2));

    assertThat(numberAttribute("expires_at")).isEqualTo(millisAfterNoon(LEASE_DURATION));
    assertThat(lock.remaining()).isLessThan(ofSeconds(2));
  }

  @Test
  void renew_afterLeaseEnd_isLost_evenWithoutTakeover() {
    HeldLock lock = first.acquire(name);
    var row = row();
    time.advance(LEASE_DURATION);

    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);

    assertThat(lock.isHeld()).isFalse();
    assertThat(row()).isEqualTo(row);
  }

  @Test
  void renew_ofDeletedRow_isLost_andDoesNotRecreateRow() {
    HeldLock lock = first.acquire(name);
    table.delete(name);

    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);

    assertThat(table.row(name)).isEmpty();
    assertThat(lock.isHeld()).isFalse();
    assertThatThrownBy(lock::ensureHeld).isInstanceOf(LockLostException.class);
  }

  @Test
  void renew_ofRowReplacedByOtherHolder_isLost_andLeavesRow() {
    HeldLock lock = first.acquire(name);
    table.delete(name);
    second.acquire(name);
    var row = row();

    assertThatThrownBy(lock::renew).isInstanceOf(LockLostException.class);

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void manyRenewals_incrementVersion_andLockIsReleased() {
    HeldLock lock = first.acquire(name);
    for (int i = 1; i <= 5; i++) {
      time.advance(ofSeconds(4));
      lock.renew();
      assertThat(numberAttribute("version")).isEqualTo(i);
    }

    lock.release();

    second.acquire(name);
  }
}
