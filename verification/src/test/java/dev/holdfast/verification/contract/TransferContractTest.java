package dev.holdfast.verification.contract;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.lock.TransferRefusedException.Reason;
import dev.holdfast.testkit.ManualClock;
import org.junit.jupiter.api.Test;

@OnEveryTable
class TransferContractTest extends ContractFixture {
  private final Host giver = host("giver");
  private final Host receiver = host("receiver");
  private final Host other = host("other");

  TransferContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void resumedLock_isHeldByReceiver_withLargerToken() {
    HeldLock transferred = giver.acquire(name);
    long token = transferred.fencingToken().value();

    HeldLock lock = receiver.lockClient().resume(transferred.transfer());

    assertThat(stringAttribute("holder")).isEqualTo("receiver");
    assertThat(lock.fencingToken().value())
        .isGreaterThan(token)
        .isEqualTo(numberAttribute("token"));
    assertThat(other.expectBusy(name).description()).isEqualTo("receiver");
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
    other.acquire(name);
  }

  @Test
  void transfer_isResumedOnce() {
    String transfer = giver.acquire(name).transfer();
    HeldLock lock = receiver.lockClient().resume(transfer);

    assertRefused(transfer, Reason.ALREADY_USED);

    assertThat(lock.isHeld()).isTrue();
    assertThat(stringAttribute("holder")).isEqualTo("receiver");
  }

  @Test
  void transfer_afterRenewal_refersToRenewedRow() {
    HeldLock transferred = giver.acquire(name);
    time.advance(ofSeconds(7));
    transferred.renew();
    String transfer = transferred.transfer();
    time.advance(ofSeconds(7));

    assertThat(receiver.lockClient().resume(transfer).isHeld()).isTrue();

    assertThat(numberAttribute("version")).isZero();
    assertThat(numberAttribute("expires_at"))
        .isEqualTo(millisAfterNoon(LEASE_DURATION.plusSeconds(14)));
  }

  @Test
  void resume_afterTakeover_isRefused_andLeavesSuccessor() {
    String transfer = giver.acquire(name).transfer();
    time.advance(LEASE_DURATION.plus(MAX_SKEW));
    HeldLock successor = other.acquire(name);

    // A receiver whose clock is behind does not know that the lease has ended.
    assertThatExceptionOfType(TransferRefusedException.class)
        .isThrownBy(() -> laggingHost().lockClient().resume(transfer))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_USED));

    assertThat(stringAttribute("holder")).isEqualTo("other");
    assertThat(successor.isHeld()).isTrue();
  }

  private Host laggingHost() {
    return host("lagging", ManualClock.at(NOON));
  }

  @Test
  void resume_afterLeaseEnd_isExpired() {
    String transfer = giver.acquire(name).transfer();
    time.advance(LEASE_DURATION);
    assertRefused(transfer, Reason.EXPIRED);
  }

  @Test
  void unresumedTransfer_isTakenOver_likeCrashedHolder() {
    giver.acquire(name).transfer();
    time.advance(LEASE_DURATION);
    other.expectBusy(name);
    time.advance(MAX_SKEW);
    other.acquire(name);
  }

  @Test
  void resume_ofDeletedRow_isRefused_andDoesNotRecreateRow() {
    String transfer = giver.acquire(name).transfer();
    table.delete(name);
    assertRefused(transfer, Reason.ALREADY_USED);
    assertThat(table.row(name)).isEmpty();
  }

  private void assertRefused(String transfer, Reason reason) {
    assertThatExceptionOfType(TransferRefusedException.class)
        .isThrownBy(() -> receiver.lockClient().resume(transfer))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
