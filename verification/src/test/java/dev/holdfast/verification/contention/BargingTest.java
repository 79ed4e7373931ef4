package dev.holdfast.verification.contention;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Tests threads that bypass the wait queue of their host and acquire the lock first. */
class BargingTest {
  private final HostsFixture hosts = new HostsFixture();

  /** Acquires the lock without the queue, and holds it. */
  private Callable<Void> barge(LockClient lockClient, Duration hold) {
    return () -> {
      assertThat(lockClient.tryAcquire("order-42"))
          .isInstanceOfSatisfying(
              Acquisition.Acquired.class,
              acquired -> {
                try (HeldLock lock = acquired.lock()) {
                  hosts.time.sleep(hold);
                  lock.ensureHeld();
                } catch (InterruptedException e) {
                  throw new IllegalStateException("unexpected interrupt", e);
                }
              });
      return null;
    };
  }

  private Callable<Void> holdOnOtherHost(Duration hold) throws Exception {
    HeldLock lock = hosts.newHost(2).acquire("order-42");
    return () -> {
      hosts.time.sleep(hold);
      lock.close();
      return null;
    };
  }

  @Test
  void headOfQueue_whileBargingThreadHoldsLock_sendsNoRequest() throws Exception {
    hosts.time.run(
        List.of(
            holdOnOtherHost(ofSeconds(1)),
            hosts.worker(2, hosts.firstHost, ofMillis(100)),
            hosts.startAfter(ofMillis(1_011), barge(hosts.firstHost, ofSeconds(3))),
            hosts.startAfter(
                ofMillis(1_100),
                () -> {
                  long requestsBefore = hosts.meter.requestCount();
                  hosts.time.sleep(ofSeconds(2));
                  assertThat(hosts.meter.requestCount()).isEqualTo(requestsBefore);
                  return null;
                })));
    assertThat(hosts.acquisitionOrder()).containsExactly(2);
  }

  @Test
  void headOfQueue_rejectedAfterRelease_retriesImmediately() throws Exception {
    LockClient slowHost = hosts.newHost(3, ofMillis(50));
    List<Long> acquiredAtNanos = new ArrayList<>();
    hosts.time.run(
        List.of(
            barge(slowHost, ofMillis(10)),
            hosts.startAfter(
                ofMillis(1),
                () -> {
                  try (HeldLock lock = slowHost.acquire("order-42")) {
                    acquiredAtNanos.add(hosts.time.monotonicNanos());
                    lock.ensureHeld();
                    return null;
                  }
                })));
    assertThat(acquiredAtNanos)
        .as("asked at 1 ms, refused at 61 ms, asked again, granted")
        .containsExactly(ofMillis(71).toNanos());
  }

  @Test
  void headOfQueue_afterYield_waitsForBargingHolder() throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (int number = 1; number <= 17; number++) {
      Callable<Void> worker = hosts.worker(number, hosts.firstHost, ofMillis(800));
      Callable<Void> bargingThread = barge(hosts.firstHost, ofSeconds(1));
      boolean sixteenth = number == 16;
      work.add(
          hosts.startAfter(
              ofMillis(number),
              () -> {
                worker.call();
                return sixteenth ? bargingThread.call() : null;
              }));
    }

    hosts.time.run(work);

    assertThat(hosts.acquisitionOrder()).hasSize(17).endsWith(16, 17);
    assertThat(hosts.meter.rejectedPerHandoff()).isZero();
  }
}
