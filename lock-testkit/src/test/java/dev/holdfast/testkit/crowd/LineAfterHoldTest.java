package dev.holdfast.testkit.crowd;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Locks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** However a hold ends, the next in line goes on. */
class LineAfterHoldTest {
  private final Hosts hosts = new Hosts();

  @Test
  void holderThatNeverReleases_isFollowedByTheNextInLine_afterItsLease() throws Exception {
    hosts.time.run(
        List.of(
            () -> {
              HeldLock lost = hosts.one.acquire("order-42");
              assertThat(lost.isHeld()).isTrue();
              return null;
            },
            hosts.after(ofMillis(100), hosts.worker(2, hosts.one, ofMillis(100)))));
    assertThat(hosts.served()).containsExactly(2);
    Duration latest = Hosts.LEASE.plusSeconds(1).plusMillis(500);
    assertThat(hosts.time.monotonicNanos()).isBetween(Hosts.LEASE.toNanos(), latest.toNanos());
  }

  @Test
  void holderThatRenews_isWaitedForWithoutATry() throws Exception {
    hosts.time.run(
        List.of(
            () -> {
              try (HeldLock lock = hosts.one.acquire("order-42")) {
                for (int i = 0; i < 5; i++) {
                  hosts.time.sleep(ofSeconds(3));
                  lock.renew();
                }
              }
              return null;
            },
            hosts.after(ofMillis(100), hosts.worker(2, hosts.one, ofMillis(100)))));
    assertThat(hosts.served()).containsExactly(2);
    assertThat(hosts.meter.calls()).as("2 acquired, 5 renewed, 2 released").isEqualTo(9);
  }

  @Test
  void afterACompletion_eachInLineIsToldByItsOwnTry() throws Exception {
    Callable<Void> late =
        () -> {
          assertThat(Hosts.failure(() -> hosts.one.acquire("order-42")))
              .isInstanceOf(AlreadyDoneException.class);
          return null;
        };
    hosts.time.run(
        List.of(
            () -> {
              HeldLock lock = hosts.one.acquire("order-42");
              hosts.time.sleep(ofSeconds(1));
              lock.complete(ofSeconds(60));
              return null;
            },
            hosts.after(ofMillis(100), late),
            hosts.after(ofMillis(200), late)));
    assertThat(hosts.meter.calls()).isEqualTo(4);
    assertThat(hosts.meter.underWayMax()).isEqualTo(1);
  }

  @Test
  void lockThatIsHandedOver_isNoLongerWaitedForHere() throws Exception {
    Locks other = hosts.host(2);
    hosts.time.run(
        List.of(
            () -> {
              String ticket = hosts.one.acquire("order-42").ticket();
              try (HeldLock redeemed = other.redeem(ticket)) {
                hosts.time.sleep(ofSeconds(1));
                assertThat(redeemed.isHeld()).isTrue();
              }
              return null;
            },
            hosts.after(ofMillis(1), hosts.worker(2, hosts.one, ofMillis(100)))));
    assertThat(hosts.served()).containsExactly(2);
    assertThat(hosts.meter.refusedPerHandOver()).isPositive();
  }
}
