package dev.holdfast.testkit.wire;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a lock costs, counted on the wire. Whole maps: a read of any kind would show up in them. */
class RequestCountsTest {
  private static final Duration LEASE = ofSeconds(60);

  @AutoClose private static final LocalDynamoDb server = Wire.server();

  @AutoClose private final Wire wire = new Wire(server, Wire.Sdk.SENDING_AGAIN);
  private final Locks locks = wire.locks(LEASE);

  @Test
  void uncontendedCycle_whoseTokenNobodyAskedFor_isOnePutAndOneDelete() throws Exception {
    locks.call(wire.name, lease -> lease.isHeld());

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 1, "DeleteItem", 1));
  }

  @Test
  void uncontendedCycle_whoseTokenWasAskedFor_isTwoPuts() throws Exception {
    locks.call(wire.name, lease -> lease.fencingToken());

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 2));
  }

  @Test
  void cycleOverAMarker_isTwoPuts() throws Exception {
    locks.call(wire.name, lease -> lease.fencingToken());
    wire.time.advance(ofSeconds(1));
    wire.resetCounts();

    locks.call(wire.name, lease -> lease.fencingToken());

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 2));
  }

  @Test
  void cycleOverAMarker_whoseTokenIsAheadOfTheClock_isThreePuts() throws Exception {
    wire.time.jumpWall(ofHours(1));
    locks.call(wire.name, lease -> lease.fencingToken());
    wire.time.jumpWall(ofHours(-1));
    wire.resetCounts();

    wire.locks(LEASE).call(wire.name, lease -> lease.fencingToken());

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 3));
  }

  @Test
  void busyAnswer_isOneRefusedPut() {
    wire.otherHost(LEASE).tryAcquire(wire.name);
    var row = wire.row();

    assertThat(locks.tryAcquire(wire.name)).isInstanceOf(Acquisition.Busy.class);

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 1));
    assertThat(wire.row()).isEqualTo(row);
  }

  @Test
  void duplicateAnswer_isOneRefusedPut() throws InterruptedException {
    wire.otherHost(LEASE).acquire(wire.name).complete(ofSeconds(60));
    var row = wire.row();

    assertThat(locks.tryAcquire(wire.name)).isInstanceOf(Acquisition.Done.class);
    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 1));

    assertThatThrownBy(() -> locks.acquire(wire.name)).isInstanceOf(AlreadyDoneException.class);
    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 2));
    assertThat(wire.row()).isEqualTo(row);
  }

  @Test
  void completedCycle_isTwoPuts() throws InterruptedException {
    try (HeldLock lock = locks.acquire(LockRequest.of(wire.name).event("order-placed/1"))) {
      lock.complete(ofSeconds(60));
    }

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 2));
  }

  @Test
  void renewal_isOnePut() throws InterruptedException {
    HeldLock lock = locks.acquire(wire.name);
    wire.resetCounts();

    lock.renew();

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 1));
  }

  @Test
  void handingOver_isOnePut() throws InterruptedException {
    HeldLock lock = locks.acquire(wire.name);
    wire.resetCounts();

    wire.locks(LEASE).redeem(lock.ticket());
    lock.close();

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 1));
  }

  @Test
  void takeOver_onTheFirstTry_isOnePut() {
    wire.otherHost(LEASE).tryAcquire(wire.name);
    wire.time.advance(LEASE.plusSeconds(1));

    assertThat(locks.tryAcquire(wire.name)).isInstanceOf(Acquisition.Acquired.class);

    assertThat(wire.requests()).isEqualTo(Map.of("PutItem", 1));
  }

  @Test
  void lookingAtALock_andClosingItTwice_costsNothing() throws InterruptedException {
    HeldLock lock = locks.acquire(wire.name);
    lock.release();
    wire.resetCounts();

    assertThat(lock.isHeld()).isFalse();
    assertThat(lock.remaining()).isZero();
    lock.close();

    assertThat(wire.requests()).isEmpty();
  }
}
