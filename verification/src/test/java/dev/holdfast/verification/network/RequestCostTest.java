package dev.holdfast.verification.network;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Tests the number of HTTP requests of each operation. The tests compare whole maps, so that a read
 * of any kind would fail them.
 */
class RequestCostTest {
  private static final Duration LEASE_DURATION = ofSeconds(60);

  @AutoClose private static final LocalDynamoDb server = FaultProxyFixture.startServer();

  @AutoClose
  private final FaultProxyFixture fixture =
      new FaultProxyFixture(server, FaultProxyFixture.SdkRetries.ENABLED);

  private final LockClient lockClient = fixture.lockClient(LEASE_DURATION);

  @Test
  void uncontendedCycle_withoutTokenRead_sendsOnePutAndOneDelete() throws Exception {
    lockClient.call(fixture.name, lease -> lease.isHeld());

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 1, "DeleteItem", 1));
  }

  @Test
  void uncontendedCycle_withTokenRead_sendsTwoPuts() throws Exception {
    lockClient.call(fixture.name, lease -> lease.fencingToken());

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 2));
  }

  @Test
  void cycleOverMarker_sendsTwoPuts() throws Exception {
    lockClient.call(fixture.name, lease -> lease.fencingToken());
    fixture.time.advance(ofSeconds(1));
    fixture.resetCounts();

    lockClient.call(fixture.name, lease -> lease.fencingToken());

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 2));
  }

  @Test
  void cycleOverMarkerWithTokenAheadOfClock_sendsThreePuts() throws Exception {
    fixture.time.adjustWall(ofHours(1));
    lockClient.call(fixture.name, lease -> lease.fencingToken());
    fixture.time.adjustWall(ofHours(-1));
    fixture.resetCounts();

    fixture.lockClient(LEASE_DURATION).call(fixture.name, lease -> lease.fencingToken());

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 3));
  }

  @Test
  void busyReply_costsOneRejectedPut() {
    fixture.otherHostClient(LEASE_DURATION).tryAcquire(fixture.name);
    var row = fixture.row();

    assertThat(lockClient.tryAcquire(fixture.name)).isInstanceOf(Acquisition.Busy.class);

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 1));
    assertThat(fixture.row()).isEqualTo(row);
  }

  @Test
  void duplicateReply_costsOneRejectedPut() throws InterruptedException {
    fixture.otherHostClient(LEASE_DURATION).acquire(fixture.name).complete(ofSeconds(60));
    var row = fixture.row();

    assertThat(lockClient.tryAcquire(fixture.name)).isInstanceOf(Acquisition.Completed.class);
    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 1));

    assertThatThrownBy(() -> lockClient.acquire(fixture.name))
        .isInstanceOf(AlreadyCompletedException.class);
    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 2));
    assertThat(fixture.row()).isEqualTo(row);
  }

  @Test
  void completedCycle_sendsTwoPuts() throws InterruptedException {
    try (HeldLock lock = lockClient.acquire(LockRequest.of(fixture.name).event("order-placed/1"))) {
      lock.complete(ofSeconds(60));
    }

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 2));
  }

  @Test
  void renewal_sendsOnePut() throws InterruptedException {
    HeldLock lock = lockClient.acquire(fixture.name);
    fixture.resetCounts();

    lock.renew();

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 1));
  }

  @Test
  void transfer_sendsOnePut() throws InterruptedException {
    HeldLock lock = lockClient.acquire(fixture.name);
    fixture.resetCounts();

    fixture.lockClient(LEASE_DURATION).resume(lock.transfer());
    lock.close();

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 1));
  }

  @Test
  void takeover_byFirstAttempt_sendsOnePut() {
    fixture.otherHostClient(LEASE_DURATION).tryAcquire(fixture.name);
    fixture.time.advance(LEASE_DURATION.plusSeconds(1));

    assertThat(lockClient.tryAcquire(fixture.name)).isInstanceOf(Acquisition.Acquired.class);

    assertThat(fixture.requests()).isEqualTo(Map.of("PutItem", 1));
  }

  @Test
  void readingAndReclosingReleasedLock_sendsNothing() throws InterruptedException {
    HeldLock lock = lockClient.acquire(fixture.name);
    lock.release();
    fixture.resetCounts();

    assertThat(lock.isHeld()).isFalse();
    assertThat(lock.remaining()).isZero();
    lock.close();

    assertThat(fixture.requests()).isEmpty();
  }
}
