package dev.holdfast.verification.contention;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.MultiLockRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the order in which threads of one host wait for the same lock. */
class WaitQueueTest {
  private final HostsFixture hosts = new HostsFixture();

  @Test
  void threadsOfOneHost_acquireInFifoOrder_withOneRequestAtATime_andNoRejectedAttempt()
      throws Exception {
    int threads = 256;
    List<Callable<Void>> work = new ArrayList<>();
    for (int number = 0; number < threads; number++) {
      work.add(
          hosts.startAfter(ofMillis(number), hosts.worker(number, hosts.firstHost, ofMillis(100))));
    }

    hosts.time.run(work);

    assertThat(hosts.acquisitionOrder()).isEqualTo(IntStream.range(0, threads).boxed().toList());
    assertThat(hosts.meter.maxInFlight()).isEqualTo(1);
    assertThat(hosts.meter.requestCount()).isEqualTo(2L * threads);
    assertThat(hosts.meter.rejectedPerHandoff()).isZero();
    assertThat(hosts.time.monotonicNanos())
        .as("each handoff takes one hold and two round trips, and 1 in 16 handoffs a yield")
        .isLessThan(ofMillis(threads * 121L + threads / 16 * 20L).toNanos());
  }

  @Test
  void busyHost_yieldsToOtherHosts() throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      int worker = number;
      work.add(
          () -> {
            for (int i = 0; i < 50; i++) {
              hosts.worker(worker, hosts.firstHost, ofMillis(100)).call();
            }
            return null;
          });
    }
    work.add(hosts.startAfter(ofMillis(50), hosts.worker(100, hosts.newHost(2), ofMillis(100))));

    hosts.time.run(work);

    assertThat(hosts.acquisitionOrder().indexOf(100)).isBetween(1, 64);
  }

  @Test
  void multiLock_renewingWhileQueued_keepsItsPosition() throws Exception {
    Callable<Void> multiLock =
        () -> {
          hosts.firstHost.callAll(
              MultiLockRequest.of("customer-7", "order-42"),
              held -> {
                hosts.recordAcquisition(2);
                return held.isHeld();
              });
          return null;
        };
    hosts.time.run(
        List.of(
            hosts.worker(1, hosts.firstHost.withLeaseDuration(ofSeconds(20)), ofSeconds(12)),
            hosts.startAfter(ofMillis(100), multiLock),
            hosts.startAfter(ofMillis(200), hosts.worker(3, hosts.firstHost, ofMillis(100)))));
    assertThat(hosts.acquisitionOrder()).containsExactly(1, 2, 3);
    assertThat(hosts.meter.rejectedPerHandoff()).isZero();
  }

  @Test
  void maxWait_whileQueued_namesHolder_withoutRequest() throws Exception {
    hosts.time.run(
        List.of(
            hosts.worker(1, hosts.firstHost.withHolder("first"), ofSeconds(3)),
            hosts.startAfter(
                ofSeconds(1),
                () -> {
                  LockRequest request = LockRequest.of("order-42").maxWait(ofSeconds(1));
                  assertThat(HostsFixture.catchFailure(() -> hosts.firstHost.acquire(request)))
                      .isInstanceOf(LockUnavailableException.class)
                      .hasMessageContaining("first");
                  assertThat(hosts.time.monotonicNanos()).isEqualTo(ofSeconds(2).toNanos());
                  assertThat(hosts.meter.requestCount()).isEqualTo(1);
                  return null;
                })));
  }

  @Test
  void maxWait_beforeHeadReceivesReply_makesOwnAttempt() throws Exception {
    HeldLock elsewhere = hosts.newHost(2).withHolder("elsewhere").acquire("order-42");
    hosts.time.run(
        List.of(
            hosts.worker(1, hosts.firstHost, ofMillis(100)),
            hosts.startAfter(
                ofMillis(1),
                () -> {
                  LockRequest request = LockRequest.of("order-42").maxWait(ofMillis(2));
                  assertThat(HostsFixture.catchFailure(() -> hosts.firstHost.acquire(request)))
                      .isInstanceOf(LockUnavailableException.class)
                      .hasMessageContaining("elsewhere");
                  elsewhere.close();
                  return null;
                })));
    assertThat(hosts.acquisitionOrder()).containsExactly(1);
  }

  private Callable<Void> expectUnavailable(Duration maxWait, String holder) {
    return () -> {
      LockRequest request = LockRequest.of("order-42").maxWait(maxWait);
      assertThat(HostsFixture.catchFailure(() -> hosts.firstHost.acquire(request)))
          .isInstanceOf(LockUnavailableException.class)
          .hasMessageContaining(holder);
      return null;
    };
  }

  @Test
  void maxWait_afterTakeoverByOtherHost_namesNewHolder() throws Exception {
    Callable<Void> crashedHolder =
        () -> {
          assertThat(hosts.firstHost.withHolder("dead").acquire("order-42").isHeld()).isTrue();
          return null;
        };
    hosts.time.run(
        List.of(
            crashedHolder,
            hosts.startAfter(
                ofMillis(100),
                hosts.worker(2, hosts.newHost(2).withHolder("elsewhere"), ofSeconds(4))),
            hosts.startAfter(ofSeconds(8), hosts.worker(3, hosts.firstHost, ofMillis(100))),
            hosts.startAfter(ofMillis(8_100), expectUnavailable(ofMillis(200), "elsewhere"))));
    assertThat(hosts.acquisitionOrder()).containsExactly(2, 3);
  }

  @Test
  void maxWait_afterRelease_namesSuccessor() throws Exception {
    hosts.time.run(
        List.of(
            hosts.worker(1, hosts.firstHost.withHolder("earlier"), ofSeconds(3)),
            hosts.startAfter(
                ofSeconds(1),
                hosts.worker(2, hosts.firstHost.withHolder("successor"), ofSeconds(1))),
            hosts.startAfter(
                ofMillis(1_100),
                () -> {
                  assertThat(hosts.firstHost.tryAcquire("order-42"))
                      .isInstanceOf(Acquisition.Busy.class);
                  return null;
                }),
            hosts.startAfter(ofMillis(1_200), expectUnavailable(ofMillis(1_826), "successor"))));
    assertThat(hosts.acquisitionOrder()).containsExactly(1, 2);
  }

  @Test
  void interruptWhileQueued_removesWaiter_andNextAcquires() throws Exception {
    List<Thread> interrupted = new ArrayList<>();
    hosts.time.run(
        List.of(
            hosts.worker(1, hosts.firstHost, ofSeconds(3)),
            hosts.startAfter(
                ofMillis(100),
                () -> {
                  interrupted.add(Thread.currentThread());
                  assertThat(HostsFixture.catchFailure(() -> hosts.firstHost.acquire("order-42")))
                      .isInstanceOf(InterruptedException.class);
                  return null;
                }),
            hosts.startAfter(ofMillis(200), hosts.worker(3, hosts.firstHost, ofMillis(100))),
            hosts.startAfter(
                ofMillis(300),
                () -> {
                  hosts.time.interrupt(interrupted.get(0));
                  return null;
                })));
    assertThat(hosts.acquisitionOrder()).containsExactly(1, 3);
    assertThat(hosts.meter.requestCount()).isEqualTo(4);
  }
}
