package dev.holdfast.testkit.wire;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.HeldRequest;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request is under way long after its client gave up on it, and is applied in the end. */
class LateRequestTest {
  private static final Duration LEASE = ofSeconds(4);

  @AutoClose private static final LocalDynamoDb server = Wire.server();

  @AutoClose private Wire wire = new Wire(server, Wire.Sdk.SENDING_ONCE);

  @ParameterizedTest
  @EnumSource
  void acquire_sentAgainAndReleased_thenTheFirstCopyArrives_isNotHeld(Wire.Sdk sdk)
      throws InterruptedException {
    wire.close();
    wire = new Wire(server, sdk);
    HeldRequest copy = wire.faults().nextRequestHeld();
    HeldLock lock = acquire(wire.locks(LEASE));
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    copy.deliver();

    assertThat(wire.state()).as("a marker refuses the copy").isEqualTo("FREE");
    assertThat(acquire(wire.otherHost(LEASE)).isHeld()).isTrue();
  }

  @Test
  void acquire_givenUpAndThenApplied_isTakenOverByItsOwnHostAtOnce() {
    Locks locks = wire.locks(LEASE);
    HeldRequest first = wire.faults().nextRequestHeld();
    wire.faults().nextRequestLost();
    assertThatThrownBy(() -> locks.tryAcquire(wire.name))
        .isInstanceOf(LockTableUnreachableException.class);

    first.deliver();
    assertThat(wire.state()).as("an orphan that nobody trusts").isEqualTo("HELD");

    assertThat(wire.otherHost(LEASE).tryAcquire(wire.name)).isInstanceOf(Acquisition.Busy.class);
    assertThat(locks.tryAcquire(wire.name)).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void acquire_givenUpAndThenApplied_isFreeForOthers_afterItsLease() {
    Locks locks = wire.locks(LEASE);
    HeldRequest first = wire.faults().nextRequestHeld();
    wire.faults().nextRequestLost();
    assertThatThrownBy(() -> locks.tryAcquire(wire.name))
        .isInstanceOf(LockTableUnreachableException.class);
    first.deliver();

    wire.time.advance(LEASE.plusSeconds(1));

    assertThat(wire.otherHost(LEASE).tryAcquire(wire.name))
        .isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void renewal_sentAgain_thenItsFirstCopyArrives_changesNothing() throws InterruptedException {
    HeldLock lock = acquire(wire.locks(LEASE));
    HeldRequest copy = wire.faults().nextRequestHeld();
    lock.renew();
    wire.time.advance(ofSeconds(1));
    lock.renew();
    var row = wire.row();

    copy.deliver();

    assertThat(wire.row()).isEqualTo(row);
    assertThat(wire.version()).isEqualTo("2");
  }

  @Test
  void release_sentAgain_thenItsFirstCopyArrives_leavesTheSuccessor() throws InterruptedException {
    HeldLock lock = acquire(wire.locks(LEASE));
    HeldRequest copy = wire.faults().nextRequestHeld();
    lock.release();
    HeldLock successor = acquire(wire.otherHost(LEASE));
    var row = wire.row();

    copy.deliver();

    assertThat(wire.row()).isEqualTo(row);
    assertThat(successor.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void completion_sentAgain_thenItsFirstCopyArrives_afterTheWindow_leavesTheSuccessor()
      throws InterruptedException {
    HeldLock lock = acquire(wire.locks(LEASE));
    HeldRequest copy = wire.faults().nextRequestHeld();
    lock.complete(ofSeconds(60));
    wire.time.advance(ofSeconds(60));
    HeldLock successor = acquire(wire.otherHost(LEASE));
    var row = wire.row();

    copy.deliver();

    assertThat(wire.row()).isEqualTo(row);
    assertThat(successor.isHeld()).isTrue();
  }

  @Test
  void acquire_whoseAnswerCameAfterItsValidity_isGivenBack() {
    Locks locks = wire.locks(LEASE);
    wire.faults().beforeNextReply(() -> wire.time.advance(LEASE));

    assertThatThrownBy(() -> locks.tryAcquire(wire.name))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageContaining("validity was over");

    assertThat(wire.state()).isEqualTo("FREE");
    assertThat(wire.calls()).isEqualTo(2);
  }

  @Test
  void acquire_whoseAnswerCameAfterItsValidity_isTriedAgain_whileThereIsTime()
      throws InterruptedException {
    wire.faults().beforeNextReply(() -> wire.time.advance(LEASE));

    HeldLock lock = acquire(wire.locks(LEASE));

    assertThat(lock.isHeld()).isTrue();
    assertThat(lock.remaining()).isGreaterThan(ofSeconds(1));
  }

  private HeldLock acquire(Locks locks) throws InterruptedException {
    return locks.acquire(LockRequest.of(wire.name).waitUpTo(ofSeconds(30)));
  }
}
