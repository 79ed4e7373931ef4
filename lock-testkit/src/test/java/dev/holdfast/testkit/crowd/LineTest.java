package dev.holdfast.testkit.crowd;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockSet;
import dev.holdfast.lock.LockUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Threads of one host that want the same lock stand in line for it. */
class LineTest {
  private final Hosts hosts = new Hosts();

  @Test
  void threadsOfOneHost_areServedInOrderOfArrival_oneCallAtATime_withoutARefusedTry()
      throws Exception {
    int threads = 256;
    List<Callable<Void>> work = new ArrayList<>();
    for (int number = 0; number < threads; number++) {
      work.add(hosts.after(ofMillis(number), hosts.worker(number, hosts.one, ofMillis(100))));
    }

    hosts.time.run(work);

    assertThat(hosts.served()).isEqualTo(IntStream.range(0, threads).boxed().toList());
    assertThat(hosts.meter.underWayMax()).isEqualTo(1);
    assertThat(hosts.meter.calls()).isEqualTo(2L * threads);
    assertThat(hosts.meter.refusedPerHandOver()).isZero();
    assertThat(hosts.time.monotonicNanos())
        .as("each hand-over takes a hold, two round trips and 1 in 16 of them a rest")
        .isLessThan(ofMillis(threads * 121L + threads / 16 * 20L).toNanos());
  }

  @Test
  void busyHost_letsOthersBy() throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      int me = number;
      work.add(
          () -> {
            for (int i = 0; i < 50; i++) {
              hosts.worker(me, hosts.one, ofMillis(100)).call();
            }
            return null;
          });
    }
    work.add(hosts.after(ofMillis(50), hosts.worker(100, hosts.host(2), ofMillis(100))));

    hosts.time.run(work);

    assertThat(hosts.served().indexOf(100)).isBetween(1, 64);
  }

  @Test
  void setThatWaitsInLine_keepsItsPlace_whileItRenewsWhatItHas() throws Exception {
    Callable<Void> set =
        () -> {
          hosts.one.callAll(
              LockSet.of("customer-7", "order-42"),
              held -> {
                hosts.serve(2);
                return held.isHeld();
              });
          return null;
        };
    hosts.time.run(
        List.of(
            hosts.worker(1, hosts.one.withLease(ofSeconds(20)), ofSeconds(12)),
            hosts.after(ofMillis(100), set),
            hosts.after(ofMillis(200), hosts.worker(3, hosts.one, ofMillis(100)))));
    assertThat(hosts.served()).containsExactly(1, 2, 3);
    assertThat(hosts.meter.refusedPerHandOver()).isZero();
  }

  @Test
  void deadlineInLine_namesTheHolder_withoutACall() throws Exception {
    hosts.time.run(
        List.of(
            hosts.worker(1, hosts.one.withHolder("first"), ofSeconds(3)),
            hosts.after(
                ofSeconds(1),
                () -> {
                  LockRequest impatient = LockRequest.of("order-42").waitUpTo(ofSeconds(1));
                  assertThat(Hosts.failure(() -> hosts.one.acquire(impatient)))
                      .isInstanceOf(LockUnavailableException.class)
                      .hasMessageContaining("first");
                  assertThat(hosts.time.monotonicNanos()).isEqualTo(ofSeconds(2).toNanos());
                  assertThat(hosts.meter.calls()).isEqualTo(1);
                  return null;
                })));
  }

  @Test
  void deadlineInLine_beforeTheFirstIsTold_isAnsweredByAnOwnTry() throws Exception {
    HeldLock elsewhere = hosts.host(2).withHolder("elsewhere").acquire("order-42");
    hosts.time.run(
        List.of(
            hosts.worker(1, hosts.one, ofMillis(100)),
            hosts.after(
                ofMillis(1),
                () -> {
                  LockRequest impatient = LockRequest.of("order-42").waitUpTo(ofMillis(2));
                  assertThat(Hosts.failure(() -> hosts.one.acquire(impatient)))
                      .isInstanceOf(LockUnavailableException.class)
                      .hasMessageContaining("elsewhere");
                  elsewhere.close();
                  return null;
                })));
    assertThat(hosts.served()).containsExactly(1);
  }

  private Callable<Void> unavailable(Duration wait, String holder) {
    return () -> {
      LockRequest impatient = LockRequest.of("order-42").waitUpTo(wait);
      assertThat(Hosts.failure(() -> hosts.one.acquire(impatient)))
          .isInstanceOf(LockUnavailableException.class)
          .hasMessageContaining(holder);
      return null;
    };
  }

  @Test
  void deadlineInLine_afterAThreadOfThisHostDied_namesWhoTookOver() throws Exception {
    Callable<Void> dies =
        () -> {
          assertThat(hosts.one.withHolder("dead").acquire("order-42").isHeld()).isTrue();
          return null;
        };
    hosts.time.run(
        List.of(
            dies,
            hosts.after(
                ofMillis(100),
                hosts.worker(2, hosts.host(2).withHolder("elsewhere"), ofSeconds(4))),
            hosts.after(ofSeconds(8), hosts.worker(3, hosts.one, ofMillis(100))),
            hosts.after(ofMillis(8_100), unavailable(ofMillis(200), "elsewhere"))));
    assertThat(hosts.served()).containsExactly(2, 3);
  }

  @Test
  void deadlineInLine_afterAHolderThatRefusedOthersReleased_namesItsSuccessor() throws Exception {
    hosts.time.run(
        List.of(
            hosts.worker(1, hosts.one.withHolder("earlier"), ofSeconds(3)),
            hosts.after(
                ofSeconds(1), hosts.worker(2, hosts.one.withHolder("successor"), ofSeconds(1))),
            hosts.after(
                ofMillis(1_100),
                () -> {
                  assertThat(hosts.one.tryAcquire("order-42")).isInstanceOf(Acquisition.Busy.class);
                  return null;
                }),
            hosts.after(ofMillis(1_200), unavailable(ofMillis(1_826), "successor"))));
    assertThat(hosts.served()).containsExactly(1, 2);
  }

  @Test
  void interruptInLine_leavesTheLine_forTheNext() throws Exception {
    List<Thread> second = new ArrayList<>();
    hosts.time.run(
        List.of(
            hosts.worker(1, hosts.one, ofSeconds(3)),
            hosts.after(
                ofMillis(100),
                () -> {
                  second.add(Thread.currentThread());
                  assertThat(Hosts.failure(() -> hosts.one.acquire("order-42")))
                      .isInstanceOf(InterruptedException.class);
                  return null;
                }),
            hosts.after(ofMillis(200), hosts.worker(3, hosts.one, ofMillis(100))),
            hosts.after(
                ofMillis(300),
                () -> {
                  hosts.time.interrupt(second.get(0));
                  return null;
                })));
    assertThat(hosts.served()).containsExactly(1, 3);
    assertThat(hosts.meter.calls()).isEqualTo(4);
  }
}
