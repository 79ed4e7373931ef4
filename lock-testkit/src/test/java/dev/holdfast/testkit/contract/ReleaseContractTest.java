package dev.holdfast.testkit.contract;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.ManualTime;
import org.junit.jupiter.api.Test;

@OnEveryTable
class ReleaseContractTest extends Contract {
  private final Host first = host("first");
  private final Host second = host("second");

  ReleaseContractTest(ContractTable table) {
    super(table);
  }

  @Test
  void release_ofATokenNobodySaw_leavesNoRow() {
    HeldLock lock = first.wins(name);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertThat(table.row(name)).isEmpty();
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  void release_ofATokenThatWasSeen_leavesAMarkerThatKeepsIt() {
    HeldLock lock = first.wins(name);
    long token = lock.fencingToken().value();

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    assertThat(text("state")).isEqualTo("FREE");
    assertThat(number("token")).isEqualTo(token);
    assertThat(number("ttl")).isGreaterThanOrEqualTo(NOON.plusSeconds(86_400).getEpochSecond());
  }

  @Test
  void release_afterAMarkerWasReplaced_keepsTheMarker() {
    try (HeldLock lock = first.wins(name)) {
      lock.fencingToken();
    }

    second.wins(name).release();

    assertThat(text("state")).isEqualTo("FREE");
  }

  @Test
  void marker_withATokenAheadOfTheClock_isReplacedByALargerOne() {
    long ahead;
    try (HeldLock lock = host("fast", ManualTime.at(NOON.plusSeconds(3_600))).wins(name)) {
      ahead = lock.fencingToken().value();
    }

    assertThat(first.wins(name).fencingToken().value()).isEqualTo(ahead + 1);
  }

  @Test
  void release_afterTakeover_isLate_andLeavesTheSuccessor() {
    HeldLock lock = first.wins(name);
    time.advance(LEASE.plus(SKEW));
    HeldLock successor = second.wins(name);
    var row = row();

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LATE);

    assertThat(row()).isEqualTo(row);
    assertThat(successor.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void close_afterTakeover_leavesTheSuccessor_andDoesNotThrow() {
    HeldLock lock = first.wins(name);
    time.advance(LEASE.plus(SKEW));
    second.wins(name);
    var row = row();

    assertThatCode(lock::close).doesNotThrowAnyException();

    assertThat(row()).isEqualTo(row);
  }

  @Test
  void release_afterTheLeaseEnded_butBeforeATakeover_freesTheRow() {
    HeldLock lock = first.wins(name);
    time.advance(LEASE.plusSeconds(30));

    lock.release();

    assertThat(table.row(name)).isEmpty();
  }

  @Test
  void release_ofARowThatAnOperatorDeleted_withinTheLease_isReleased() {
    HeldLock lock = first.wins(name);
    table.delete(name);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void release_ofARowThatIsGone_afterTheLease_isLate() {
    HeldLock lock = first.wins(name);
    time.advance(LEASE);
    table.delete(name);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.LATE);
  }

  @Test
  void releasedLock_cannotBeUsedAgain_butClosed() {
    HeldLock lock = first.wins(name);
    lock.release();
    second.wins(name);
    var row = row();

    assertThatThrownBy(lock::release).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(lock::renew).isInstanceOf(LockClosedException.class);
    assertThatThrownBy(() -> lock.complete(ofSeconds(60))).isInstanceOf(LockClosedException.class);
    assertThatCode(lock::close).doesNotThrowAnyException();
    assertThat(row()).as("the next holder's row").isEqualTo(row);
  }
}
