package dev.holdfast.verification.contention;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Tests that the next waiter continues after every kind of end of a hold. */
class WaitQueueAfterHoldTest {
  private final HostsFixture hosts = new HostsFixture();

  @Test
  void unreleasedHold_afterLeaseExpiry_isFollowedByNextWaiter() throws Exception {
    hosts.time.run(
        List.of(
            () -> {
              HeldLock lost = hosts.firstHost.acquire("order-42");
              assertThat(lost.isHeld()).isTrue();
              return null;
            },
            hosts.startAfter(ofMillis(100), hosts.worker(2, hosts.firstHost, ofMillis(100)))));
    assertThat(hosts.acquisitionOrder()).containsExactly(2);
    Duration latest = HostsFixture.LEASE_DURATION.plusSeconds(1).plusMillis(500);
    assertThat(hosts.time.monotonicNanos())
        .isBetween(HostsFixture.LEASE_DURATION.toNanos(), latest.toNanos());
  }

  @Test
  void renewedHold_makesWaiterWait_withoutAttempts() throws Exception {
    hosts.time.run(
        List.of(
            () -> {
              try (HeldLock lock = hosts.firstHost.acquire("order-42")) {
                for (int i = 0; i < 5; i++) {
                  hosts.time.sleep(ofSeconds(3));
                  lock.renew();
                }
              }
              return null;
            },
            hosts.startAfter(ofMillis(100), hosts.worker(2, hosts.firstHost, ofMillis(100)))));
    assertThat(hosts.acquisitionOrder()).containsExactly(2);
    assertThat(hosts.meter.requestCount()).as("2 acquired, 5 renewed, 2 released").isEqualTo(9);
  }

  @Test
  void completion_makesEachWaiterAttempt_andThrowAlreadyCompleted() throws Exception {
    Callable<Void> completedWaiter =
        () -> {
          assertThat(HostsFixture.catchFailure(() -> hosts.firstHost.acquire("order-42")))
              .isInstanceOf(AlreadyCompletedException.class);
          return null;
        };
    hosts.time.run(
        List.of(
            () -> {
              HeldLock lock = hosts.firstHost.acquire("order-42");
              hosts.time.sleep(ofSeconds(1));
              lock.complete(ofSeconds(60));
              return null;
            },
            hosts.startAfter(ofMillis(100), completedWaiter),
            hosts.startAfter(ofMillis(200), completedWaiter)));
    assertThat(hosts.meter.requestCount()).isEqualTo(4);
    assertThat(hosts.meter.maxInFlight()).isEqualTo(1);
  }

  @Test
  void transferredLock_makesWaiterPollTheTable() throws Exception {
    LockClient other = hosts.newHost(2);
    hosts.time.run(
        List.of(
            () -> {
              String transfer = hosts.firstHost.acquire("order-42").transfer();
              try (HeldLock resumed = other.resume(transfer)) {
                hosts.time.sleep(ofSeconds(1));
                assertThat(resumed.isHeld()).isTrue();
              }
              return null;
            },
            hosts.startAfter(ofMillis(1), hosts.worker(2, hosts.firstHost, ofMillis(100)))));
    assertThat(hosts.acquisitionOrder()).containsExactly(2);
    assertThat(hosts.meter.rejectedPerHandoff()).isPositive();
  }
}
