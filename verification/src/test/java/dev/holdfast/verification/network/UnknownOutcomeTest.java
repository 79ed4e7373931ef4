package dev.holdfast.verification.network;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockOutcomeUnknownException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableUnreachableException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests requests without any reply: the caller learns that the outcome is unknown. */
class UnknownOutcomeTest {
  private static final Duration LEASE_DURATION = ofSeconds(20);

  @AutoClose private static final LocalDynamoDb server = FaultProxyFixture.startServer();

  @AutoClose
  private final FaultProxyFixture fixture =
      new FaultProxyFixture(server, FaultProxyFixture.SdkRetries.DISABLED);

  private final LockClient lockClient = fixture.lockClient(LEASE_DURATION);

  @ParameterizedTest
  @EnumSource(
      names = {"REPLY_LOST", "REQUEST_LOST", "FAILED_AFTER_APPLYING", "FAILED_BEFORE_APPLYING"})
  void acquire_unansweredTwice_releasesPossibleLock_andFails(Fault fault) {
    fixture.faults().next(fault).next(fault);

    assertThatThrownBy(() -> lockClient.tryAcquire(fixture.name))
        .isInstanceOf(LockTableUnreachableException.class)
        .hasMessageContaining("no answer from table 'locks'");

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 3));
    assertThat(fixture.state()).isIn("FREE", "absent");
    assertThat(fixture.otherHostClient(LEASE_DURATION).tryAcquire(fixture.name))
        .isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void acquire_withLostRelease_leavesOrphan_thatOwnHostTakesOver() {
    fixture.faults().nextReplyLost().nextReplyLost().nextRequestLost();
    assertThatThrownBy(() -> lockClient.tryAcquire(fixture.name))
        .isInstanceOf(LockTableUnreachableException.class);
    assertThat(fixture.state()).isEqualTo("HELD");

    assertThat(lockClient.tryAcquire(fixture.name)).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void renewal_unansweredTwice_isUnknown_andOldLeaseRemains() throws InterruptedException {
    HeldLock lock = lockClient.acquire(fixture.name);
    fixture.resetCounts();
    fixture.time.advance(ofSeconds(1));
    fixture.faults().nextReplyLost().nextReplyLost();

    assertThatThrownBy(lock::renew)
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessageContaining("the renewal")
        .hasMessageContaining(fixture.name);

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 2));
    assertThat(lock.isHeld()).isTrue();
    assertThat(lock.remaining()).isLessThanOrEqualTo(LEASE_DURATION.minusSeconds(1));
  }

  @Test
  void renewal_afterUnknownRenewal_succeeds() throws InterruptedException {
    HeldLock lock = lockClient.acquire(fixture.name);
    fixture.faults().nextReplyLost().nextReplyLost();
    assertThatThrownBy(lock::renew).isInstanceOf(LockOutcomeUnknownException.class);
    fixture.time.advance(ofSeconds(1));

    lock.renew();

    assertThat(lock.remaining()).isGreaterThan(LEASE_DURATION.minusSeconds(1));
    assertThat(fixture.version()).isEqualTo("2");
  }

  @Test
  void renewal_withShorterLeaseUnanswered_isUnknown_andShorterLeaseRemains()
      throws InterruptedException {
    HeldLock lock = fixture.lockClient(ofSeconds(60)).acquire(fixture.name);
    fixture.faults().nextRequestLost().nextRequestLost();

    assertThatThrownBy(() -> lock.renew(ofSeconds(2)))
        .isInstanceOf(LockOutcomeUnknownException.class);

    assertThat(lock.remaining()).isLessThan(ofSeconds(2));
  }

  @Test
  void release_unanswered_isUnknown_andRepeatedUntilItsDeadline() throws InterruptedException {
    LockRequest request = LockRequest.of(fixture.name).requestDeadline(ofSeconds(2));
    HeldLock lock = lockClient.acquire(request);
    fixture.resetCounts();
    fixture.faults().always(Fault.REQUEST_LOST);

    assertThat(lock.release()).isEqualTo(ReleaseOutcome.UNKNOWN);

    assertThat(fixture.requests()).containsOnlyKeys("DeleteItem");
    assertThat(fixture.requests().get("DeleteItem")).isBetween(5, 20);
    assertThat(lock.isHeld()).isFalse();
    assertThatThrownBy(lock::release).isInstanceOf(LockClosedException.class);
  }

  @Test
  void close_unanswered_doesNotThrow() throws InterruptedException {
    HeldLock lock = lockClient.acquire(fixture.name);
    fixture.faults().always(Fault.REPLY_LOST);

    lock.close();

    assertThat(fixture.state()).isEqualTo("absent");
  }

  @Test
  void completion_answeredAtTheThirdSend_isCompleted() throws InterruptedException {
    HeldLock lock = lockClient.acquire(fixture.name);
    fixture.resetCounts();
    fixture.faults().nextReplyLost().nextReplyLost();
    lock.complete(ofSeconds(60));

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 3));
    assertThat(fixture.state()).isEqualTo("COMPLETED");
  }

  @Test
  void completion_unanswered_isUnknown_andCloseSendsNoRelease() throws InterruptedException {
    LockRequest request = LockRequest.of(fixture.name).requestDeadline(ofSeconds(2));
    HeldLock lock = lockClient.acquire(request);
    fixture.resetCounts();
    fixture.faults().always(Fault.REPLY_LOST);

    assertThatThrownBy(() -> lock.complete(ofSeconds(60)))
        .isInstanceOf(LockOutcomeUnknownException.class)
        .hasMessageContaining("the completion");
    lock.close();

    assertThat(fixture.requests()).containsOnlyKeys("PutItem");
    assertThat(fixture.state()).isEqualTo("COMPLETED");
  }

  @Test
  void completion_denied_leavesLockHeld_andCloseReleasesIt() throws InterruptedException {
    HeldLock lock = lockClient.acquire(fixture.name);
    fixture.faults().nextDenied();

    assertThatThrownBy(() -> lock.complete(ofSeconds(60)))
        .hasMessageContaining("no permission for dynamodb:PutItem");
    assertThat(lock.isHeld()).isTrue();
    lock.close();

    assertThat(fixture.state()).isEqualTo("absent");
  }
}
