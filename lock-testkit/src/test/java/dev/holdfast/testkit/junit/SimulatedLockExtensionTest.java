package dev.holdfast.testkit.junit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.FaultInjector;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.OtherHost;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatedLockExtension.class)
class SimulatedLockExtensionTest {
  private final SimulatedTable table;

  SimulatedLockExtensionTest(SimulatedTable table) {
    this.table = table;
  }

  @BeforeEach
  void verifyEmptyTable(SimulatedTable injected) {
    assertThat(injected).isSameAs(table);
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void lock_isStoredInTable(LockClient lockClient) throws InterruptedException {
    HeldLock lock = lockClient.acquire("order-42");
    assertThat(table.row("order-42")).isPresent();
    lock.close();
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void otherHost_makesLockBusy_untilLeaseEnd(
      LockClient lockClient, OtherHost otherHost, ManualClock time) {
    otherHost.acquire("order-42");

    assertThat(lockClient.tryAcquire("order-42"))
        .isInstanceOfSatisfying(
            Acquisition.Busy.class,
            busy -> assertThat(busy.holder().description()).isEqualTo("another host"));

    time.advance(ofSeconds(11));
    assertThat(lockClient.tryAcquire("order-42")).isInstanceOf(Acquisition.Acquired.class);
  }

  @Test
  void acquire_defaultMaxWait_acquiresAfterLeaseOfOtherHostExpires(
      LockClient lockClient, OtherHost otherHost, ManualClock time) throws InterruptedException {
    Instant before = time.wallTime();
    otherHost.acquire("order-42");

    try (HeldLock lock = lockClient.acquire("order-42")) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(time.wallTime()).isBetween(before.plusSeconds(10), before.plusSeconds(13));
    }
  }

  @Test
  void otherHost_thatCompleted_makesLockCompleted(LockClient lockClient, OtherHost otherHost) {
    otherHost.complete("order-42", ofSeconds(60));
    assertThat(lockClient.tryAcquire("order-42")).isInstanceOf(Acquisition.Completed.class);
  }

  @Test
  void otherHost_acquiringHeldLock_fails(LockClient lockClient, OtherHost otherHost) {
    lockClient.tryAcquire("order-42");
    assertThatIllegalStateException()
        .isThrownBy(() -> otherHost.acquire("order-42"))
        .withMessageStartingWith("another host cannot acquire the lock: Busy");
  }

  @Test
  void faults_areInjectedIntoTable(LockClient lockClient, FaultInjector faults) {
    faults.nextReplyLost();
    assertThat(lockClient.tryAcquire("order-42")).isInstanceOf(Acquisition.Acquired.class);
    assertThat(faults.injectedCount(Fault.REPLY_LOST)).isEqualTo(1);
    assertThat(table.counts().puts()).isEqualTo(2);
  }
}
