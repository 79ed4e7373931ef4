package dev.holdfast.testkit.wire;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No answer at all: the caller is told that the outcome is unknown, and nothing is made up. */
class UnknownOutcomeTest {
  private static final Duration LEASE = ofSeconds(20);

  @AutoClose private static final LocalDynamoDb server = Wire.server();

  @AutoClose private final Wire wire = new Wire(server, Wire.Sdk.SENDING_ONCE);
  private final Locks locks = wire.locks(LEASE);

  @ParameterizedTest
  @EnumSource(
      names = {"REPLY_LOST", "REQUEST_LOST", "FAILED_AFTER_APPLYING", "FAILED_BEFORE_APPLYING"})
  void acquire_triesOnceMore_releasesWhatMayBeThere_andFails(Fault fault) {
    wire.faults().next(fault).next(fault);

    assertThatThrownBy(() -> locks.tryAcquire(wire.name))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageContaining("no answer from table 'locks'");

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 3));
    assertThat(wire.state()).isIn("FREE", "absent");
    assertThat(wire.otherHost(LEASE).tryAcquire(wire.name))
        .isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void acquire_whoseReleaseIsLostToo_leavesAnOrphan_thatItsOwnHostTakesOver() {
    wire.faults().nextReplyLost().nextReplyLost().nextRequestLost();
    assertThatThrownBy(() -> locks.tryAcquire(wire.name))
        .isInstanceOf(LockTableUnreachableException.class);
    assertThat(wire.state()).isEqualTo("HELD");

    assertThat(locks.tryAcquire(wire.name)).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void renewal_isUnknown_andTheOldLeaseStillCounts() throws InterruptedException {
    HeldLock lock = locks.acquire(wire.name);
    wire.resetCounts();
    wire.time.advance(ofSeconds(1));
    wire.faults().nextReplyLost().nextReplyLost();

    assertThatThrownBy(lock::renew)
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessageContaining("the renewal")
        .hasMessageContaining(wire.name);

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 2));
    assertThat(lock.isHeld()).isTrue();
    assertThat(lock.remaining()).isLessThanOrEqualTo(LEASE.minusSeconds(1));
  }

  @Test
  void renewal_afterAnUnknownOne_isRenewed() throws InterruptedException {
    HeldLock lock = locks.acquire(wire.name);
    wire.faults().nextReplyLost().nextReplyLost();
    assertThatThrownBy(lock::renew).isInstanceOf(LockOutcomeUnknownException.class);
    wire.time.advance(ofSeconds(1));

    lock.renew();

    assertThat(lock.remaining()).isGreaterThan(LEASE.minusSeconds(1));
    assertThat(wire.version()).isEqualTo("2");
  }

  @Test
  void renewal_byAShorterLease_isUnknown_andTheShorterEndCounts() throws InterruptedException {
    HeldLock lock = wire.locks(ofSeconds(60)).acquire(wire.name);
    wire.faults().nextRequestLost().nextRequestLost();

    assertThatThrownBy(() -> lock.renew(ofSeconds(2)))
        .isInstanceOf(LockOutcomeUnknownException.class);

    assertThat(lock.remaining()).isLessThan(ofSeconds(2));
  }

  @Test
  void release_isUnknown_andSentOnceMoreOnly() throws InterruptedException {
    HeldLock lock = locks.acquire(wire.name);
    wire.resetCounts();
    wire.faults().every(Fault.REQUEST_LOST);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.UNKNOWN);

    assertThat(wire.requests()).isEqualTo(Map.of("DeleteItem", 2));
    assertThat(lock.isHeld()).isFalse();
    assertThatThrownBy(lock::release).isInstanceOf(LockClosedException.class);
  }

  @Test
  void close_withoutAnyAnswer_doesNotThrow() throws InterruptedException {
    HeldLock lock = locks.acquire(wire.name);
    wire.faults().every(Fault.REPLY_LOST);

    lock.close();

    assertThat(wire.state()).isEqualTo("absent");
  }

  @Test
  void completion_isUnknown_andClosingSendsNoRelease() throws InterruptedException {
    HeldLock lock = locks.acquire(wire.name);
    wire.resetCounts();
    wire.faults().nextReplyLost().nextReplyLost();

    assertThatThrownBy(() -> lock.complete(ofSeconds(60)))
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessageContaining("the completion");
    lock.close();

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 2));
    assertThat(wire.state()).isEqualTo("DONE");
  }

  @Test
  void completion_thatWasCertainlyNotApplied_leavesTheLockHeld_andClosingReleasesIt()
      throws InterruptedException {
    HeldLock lock = locks.acquire(wire.name);
    wire.faults().nextDenied();

    assertThatThrownBy(() -> lock.complete(ofSeconds(60)))
        .hasMessageContaining("no permission for dynamodb:PutItem");
    assertThat(lock.isHeld()).isTrue();
    lock.close();

    assertThat(wire.state()).isEqualTo("absent");
  }
}
