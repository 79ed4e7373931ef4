package dev.holdfast.verification.contract;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.ManualClock;
import org.junit.jupiter.api.Test;

@OnEveryTable
class ReleaseContractTest extends ContractFixture {
  private final Host first = host("first");
  private final Host second = host("second");

  ReleaseContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void release_ofUnreadToken_deletesRow() {
    HeldLock lock = first.acquire(name);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertThat(table.row(name)).isEmpty();
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void release_ofReadToken_leavesMarkerWithToken() {
    HeldLock lock = first.acquire(name);
    long token = lock.fencingToken().value();

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertThat(stringAttribute("state")).isEqualTo("FREE");
    assertThat(numberAttribute("token")).isEqualTo(token);
    assertThat(numberAttribute("ttl"))
        .isGreaterThanOrEqualTo(NOON.plusSeconds(86_400).getEpochSecond());
  }

  @Test
  void release_ofLockAcquiredOverMarker_leavesMarker() {
    try (HeldLock lock = first.acquire(name)) {
      lock.fencingToken();
    }

    second.acquire(name).release();

    assertThat(stringAttribute("state")).isEqualTo("FREE");
  }

  @Test
  void acquire_overMarkerWithTokenAheadOfClock_usesLargerToken() {
    long ahead;
    try (HeldLock lock = host("fast", ManualClock.at(NOON.plusSeconds(3_600))).acquire(name)) {
      ahead = lock.fencingToken().value();
    }

    assertThat(first.acquire(name).fencingToken().value()).isEqualTo(ahead + 1);
  }

  @Test
  void release_afterTakeover_isLate_andLeavesSuccessor() {
    HeldLock lock = first.acquire(name);
    time.advance(LEASE_DURATION.plus(MAX_SKEW));
    HeldLock successor = second.acquire(name);
    var row = row();

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LOCK_LOST);

    assertThat(row()).isEqualTo(row);
    assertThat(successor.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void close_afterTakeover_leavesSuccessor_andDoesNotThrow() {
    HeldLock lock = first.acquire(name);
    time.advance(LEASE_DURATION.plus(MAX_SKEW));
    second.acquire(name);
    var row = row();

    assertThatCode(lock::close).doesNotThrowAnyException();

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void release_afterLeaseEnd_beforeTakeover_freesRow() {
    HeldLock lock = first.acquire(name);
    time.advance(LEASE_DURATION.plusSeconds(30));

    lock.release();

    assertThat(table.row(name)).isEmpty();
  }

  @Test
  void release_ofDeletedRow_withinLease_isReleased() {
    HeldLock lock = first.acquire(name);
    table.delete(name);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void release_ofDeletedRow_afterLeaseEnd_isLate() {
    HeldLock lock = first.acquire(name);
    time.advance(LEASE_DURATION);
    table.delete(name);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LOCK_LOST);
  }

  @Test
  void releasedLock_cannotBeUsed_butCanBeClosed() {
    HeldLock lock = first.acquire(name);
    lock.release();
    second.acquire(name);
    var row = row();

    assertThatThrownBy(lock::release).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(lock::renew).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(() -> lock.complete(ofSeconds(60))).isInstanceOf(LockClosedException.class);
    assertThatCode(lock::close).doesNotThrowAnyException();
    assertThat(row()).as("the next holder's row").isEqualTo(row);
  }
}
