package dev.holdfast.verification.network;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.PendingDelivery;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests requests that reach the table long after their client has abandoned them. */
class DelayedRequestTest {
  private static final Duration LEASE_DURATION = ofSeconds(4);

  @AutoClose private static final LocalDynamoDb server = FaultProxyFixture.startServer();

  @AutoClose
  private FaultProxyFixture fixture =
      new FaultProxyFixture(server, FaultProxyFixture.SdkRetries.DISABLED);

  @ParameterizedTest
  @EnumSource
  void acquire_resentAndReleased_thenDelayedCopyArrives_isNotHeld(FaultProxyFixture.SdkRetries sdk)
      throws InterruptedException {
    fixture.close();
    fixture = new FaultProxyFixture(server, sdk);
    PendingDelivery copy = fixture.faults().nextRequestDelayed();
    HeldLock lock = acquire(fixture.lockClient(LEASE_DURATION));
    assertThat(lock.release()).isEqualTo(ReleaseOutcome.RELEASED);

    copy.deliver();

    assertThat(fixture.state()).as("a marker refuses the copy").isEqualTo("FREE");
    assertThat(acquire(fixture.otherHostClient(LEASE_DURATION)).isHeld()).isTrue();
  }

  @Test
  void acquire_appliedAfterTimeout_isTakenOverByOwnHostAtOnce() {
    LockClient lockClient = fixture.lockClient(LEASE_DURATION);
    PendingDelivery first = fixture.faults().nextRequestDelayed();
    fixture.faults().nextRequestLost();
    assertThatThrownBy(() -> lockClient.tryAcquire(fixture.name))
        .isInstanceOf(LockTableUnreachableException.class);

    first.deliver();
    assertThat(fixture.state()).as("an orphan without a holder").isEqualTo("HELD");

    assertThat(fixture.otherHostClient(LEASE_DURATION).tryAcquire(fixture.name))
        .isInstanceOf(Acquisition.Busy.class);
    assertThat(lockClient.tryAcquire(fixture.name)).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void acquire_appliedAfterTimeout_isFreeForOthers_afterLease() {
    LockClient lockClient = fixture.lockClient(LEASE_DURATION);
    PendingDelivery first = fixture.faults().nextRequestDelayed();
    fixture.faults().nextRequestLost();
    assertThatThrownBy(() -> lockClient.tryAcquire(fixture.name))
        .isInstanceOf(LockTableUnreachableException.class);
    first.deliver();

    fixture.time.advance(LEASE_DURATION.plusSeconds(1));

    assertThat(fixture.otherHostClient(LEASE_DURATION).tryAcquire(fixture.name))
        .isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void renewal_resent_thenDelayedCopyArrives_changesNothing() throws InterruptedException {
    HeldLock lock = acquire(fixture.lockClient(LEASE_DURATION));
    PendingDelivery copy = fixture.faults().nextRequestDelayed();
    lock.renew();
    fixture.time.advance(ofSeconds(1));
    lock.renew();
    var row = fixture.row();

    copy.deliver();

    assertThat(fixture.row()).isEqualTo(row);
    assertThat(fixture.version()).isEqualTo("2");
  }

  @Test
  void release_resent_thenDelayedCopyArrives_leavesSuccessor() throws InterruptedException {
    HeldLock lock = acquire(fixture.lockClient(LEASE_DURATION));
    PendingDelivery copy = fixture.faults().nextRequestDelayed();
    lock.release();
    HeldLock successor = acquire(fixture.otherHostClient(LEASE_DURATION));
    var row = fixture.row();

    copy.deliver();

    assertThat(fixture.row()).isEqualTo(row);
    assertThat(successor.release()).isEqualTo(ReleaseOutcome.RELEASED);
  }

  @Test
  void completion_resent_thenDelayedCopyArrivesAfterRetention_leavesSuccessor()
      throws InterruptedException {
    HeldLock lock = acquire(fixture.lockClient(LEASE_DURATION));
    PendingDelivery copy = fixture.faults().nextRequestDelayed();
    lock.complete(ofSeconds(60));
    fixture.time.advance(ofSeconds(60));
    HeldLock successor = acquire(fixture.otherHostClient(LEASE_DURATION));
    var row = fixture.row();

    copy.deliver();

    assertThat(fixture.row()).isEqualTo(row);
    assertThat(successor.isHeld()).isTrue();
  }

  @Test
  void acquire_answeredAfterLeaseEnd_isReleased() {
    LockClient lockClient = fixture.lockClient(LEASE_DURATION);
    fixture.faults().beforeNextReply(() -> fixture.time.advance(LEASE_DURATION));

    assertThatThrownBy(() -> lockClient.tryAcquire(fixture.name))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageContaining("the table replied after the lease had expired");

    assertThat(fixture.state()).isEqualTo("FREE");
    assertThat(fixture.sdkCalls()).isEqualTo(2);
  }

  @Test
  void acquire_answeredAfterLeaseEnd_isRetriedWithinMaxWait() throws InterruptedException {
    fixture.faults().beforeNextReply(() -> fixture.time.advance(LEASE_DURATION));

    HeldLock lock = acquire(fixture.lockClient(LEASE_DURATION));

    assertThat(lock.isHeld()).isTrue();
    assertThat(lock.remaining()).isGreaterThan(ofSeconds(1));
  }

  private HeldLock acquire(LockClient lockClient) throws InterruptedException {
    return lockClient.acquire(LockRequest.of(fixture.name).maxWait(ofSeconds(30)));
  }
}
