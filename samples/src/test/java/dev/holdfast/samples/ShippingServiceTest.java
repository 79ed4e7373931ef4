package dev.holdfast.samples;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import dev.holdfast.testkit.junit.SimulatedLockExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests code that locks without a table, a server or waiting times. */
@ExtendWith(SimulatedLockExtension.class)
class ShippingServiceTest {
  private final List<String> shipped = new ArrayList<>();
  private final ManualClock time;
  private final ShippingService service;

  ShippingServiceTest(LockClient locks, ManualClock time) {
    this.time = time;
    this.service = new ShippingService(locks, shipped::add);
  }

  @Test
  void ship_freeLock_usesTwoWriteUnits(SimulatedTable table) throws InterruptedException {
    assertThat(service.ship("42")).isEqualTo("shipped");
    assertThat(shipped).containsExactly("42");
    assertThat(table.counts().writeUnits()).isEqualTo(2);
  }

  @Test
  void ship_lockHeldLongerThanMaxWait_reportsHolder(OtherHost otherHost)
      throws InterruptedException {
    Instant before = time.wallTime();
    otherHost.acquire("order-42");

    assertThat(service.ship("42")).isEqualTo("is being shipped by another host");

    assertThat(shipped).isEmpty();
    assertThat(time.wallTime()).isEqualTo(before.plusSeconds(5));
  }

  @Test
  void ship_lockReleasedDuringWait_ships(OtherHost otherHost) throws InterruptedException {
    HeldLock otherLock = otherHost.acquire("order-42");
    time.runAfter(ofSeconds(2), otherLock::release);

    assertThat(service.ship("42")).isEqualTo("shipped");
  }

  @Test
  void ship_leaseOfCrashedHostExpired_ships(OtherHost otherHost) throws InterruptedException {
    otherHost.acquire("order-42");
    time.advance(ofSeconds(11));

    assertThat(service.ship("42")).isEqualTo("shipped");
  }

  @Test
  void ship_completedByOtherHost_doesNotShipAgain(OtherHost otherHost) throws InterruptedException {
    otherHost.complete("order-42", ofDays(1));

    assertThat(service.ship("42")).isEqualTo("was shipped before");
    assertThat(shipped).isEmpty();
  }

  @Test
  void ship_replyLost_shipsOnce(FaultInjector faults, SimulatedTable table)
      throws InterruptedException {
    faults.nextReplyLost();

    assertThat(service.ship("42")).isEqualTo("shipped");
    assertThat(service.ship("42")).isEqualTo("was shipped before");

    assertThat(shipped).containsExactly("42");
    assertThat(table.row("order-42")).isPresent();
  }

  @Test
  void ship_tableThrottledTemporarily_ships(FaultInjector faults) throws InterruptedException {
    faults.nextThrottled().nextThrottled().nextThrottled().nextThrottled();

    assertThat(service.ship("42")).isEqualTo("shipped");
  }

  @Test
  void ship_carrierOutlivesLease_isNotCompleted(LockClient locks) {
    ShippingService slow = new ShippingService(locks, order -> time.advance(ofSeconds(60)));

    assertThatExceptionOfType(LockLostException.class)
        .isThrownBy(() -> slow.ship("42"))
        .withMessageContaining("its lease has expired");
  }
}
