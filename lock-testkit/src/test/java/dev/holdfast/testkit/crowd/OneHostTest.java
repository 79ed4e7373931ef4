package dev.holdfast.testkit.crowd;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockSet;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Threads of one host that want the same lock stand in line for it, in virtual time. */
class OneHostTest {
  private static final Duration ROUND_TRIP = ofMillis(10);
  private static final Duration LEASE = ofSeconds(5);

  private final VirtualTime time = new VirtualTime();
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final Meter meter = new Meter();
  private final Locks locks = host(1);
  private final List<Integer> served = new ArrayList<>();

  private Locks host(int number) {
    Gate gate = new Gate(table, time, ROUND_TRIP.dividedBy(2), meter);
    return DynamoDbLocks.on(gate, "locks")
        .withTime(time)
        .withDraws(new SeededDraws(number, 1))
        .withLease(LEASE)
        .withWaitUpTo(Duration.ofMinutes(5));
  }

  private synchronized void serve(int number) {
    served.add(number);
  }

  private Callable<Void> after(Duration start, Callable<Void> work) {
    return () -> {
      time.sleep(start);
      return work.call();
    };
  }

  private Callable<Void> worker(int number, Locks mine, Duration hold) {
    return () -> {
      try (HeldLock lock = mine.acquire("order-42")) {
        serve(number);
        time.sleep(hold);
        lock.ensureHeld();
      }
      return null;
    };
  }

  @Test
  void threadsOfOneHost_areServedInOrderOfArrival_oneCallAtATime_withoutARefusedTry()
      throws Exception {
    int threads = 256;
    List<Callable<Void>> work = new ArrayList<>();
    for (int number = 0; number < threads; number++) {
      work.add(after(ofMillis(number), worker(number, locks, ofMillis(100))));
    }

    time.run(work);

    assertThat(served).isEqualTo(IntStream.range(0, threads).boxed().toList());
    assertThat(meter.underWayMax()).isEqualTo(1);
    assertThat(meter.calls()).isEqualTo(2L * threads);
    assertThat(meter.refusedPerHandOver()).isZero();
    assertThat(time.monotonicNanos())
        .as("each hand-over takes a hold, two round trips and 1 in 16 of them a rest")
        .isLessThan(ofMillis(threads * 121L + threads / 16 * 20L).toNanos());
  }

  @Test
  void deadlineInLine_namesTheHolder_withoutACall() throws Exception {
    time.run(
        List.of(
            worker(1, locks.withHolder("first"), ofSeconds(3)),
            after(
                ofSeconds(1),
                () -> {
                  LockRequest impatient = LockRequest.of("order-42").waitUpTo(ofSeconds(1));
                  assertThat(failure(() -> locks.acquire(impatient)))
                      .isInstanceOf(LockUnavailableException.class)
                      .hasMessageContaining("first");
                  assertThat(time.monotonicNanos()).isEqualTo(ofSeconds(2).toNanos());
                  assertThat(meter.calls()).isEqualTo(1);
                  return null;
                })));
  }

  private static Throwable failure(Callable<?> work) {
    try {
      work.call();
    } catch (Exception e) {
      return e;
    }
    throw new AssertionError("did not fail");
  }

  @Test
  void interruptInLine_leavesTheLine_forTheNext() throws Exception {
    List<Thread> second = new ArrayList<>();
    time.run(
        List.of(
            worker(1, locks, ofSeconds(3)),
            after(
                ofMillis(100),
                () -> {
                  second.add(Thread.currentThread());
                  assertThat(failure(() -> locks.acquire("order-42")))
                      .isInstanceOf(InterruptedException.class);
                  return null;
                }),
            after(ofMillis(200), worker(3, locks, ofMillis(100))),
            after(
                ofMillis(300),
                () -> {
                  time.interrupt(second.get(0));
                  return null;
                })));
    assertThat(served).containsExactly(1, 3);
    assertThat(meter.calls()).isEqualTo(4);
  }

  @Test
  void holderThatNeverReleases_isFollowedByTheNextInLine_afterItsLease() throws Exception {
    time.run(
        List.of(
            () -> {
              HeldLock lost = locks.acquire("order-42");
              assertThat(lost.isHeld()).isTrue();
              return null;
            },
            after(ofMillis(100), worker(2, locks, ofMillis(100)))));
    assertThat(served).containsExactly(2);
    Duration latest = LEASE.plusSeconds(1).plusMillis(500);
    assertThat(time.monotonicNanos()).isBetween(LEASE.toNanos(), latest.toNanos());
  }

  @Test
  void holderThatRenews_isWaitedForWithoutATry() throws Exception {
    time.run(
        List.of(
            () -> {
              try (HeldLock lock = locks.acquire("order-42")) {
                for (int i = 0; i < 5; i++) {
                  time.sleep(ofSeconds(3));
                  lock.renew();
                }
              }
              return null;
            },
            after(ofMillis(100), worker(2, locks, ofMillis(100)))));
    assertThat(served).containsExactly(2);
    assertThat(meter.calls()).as("2 acquired, 5 renewed, 2 released").isEqualTo(9);
  }

  @Test
  void afterACompletion_eachInLineIsToldByItsOwnTry() throws Exception {
    Callable<Void> late =
        () -> {
          assertThat(failure(() -> locks.acquire("order-42")))
              .isInstanceOf(AlreadyDoneException.class);
          return null;
        };
    time.run(
        List.of(
            () -> {
              HeldLock lock = locks.acquire("order-42");
              time.sleep(ofSeconds(1));
              lock.complete(ofSeconds(60));
              return null;
            },
            after(ofMillis(100), late),
            after(ofMillis(200), late)));
    assertThat(meter.calls()).isEqualTo(4);
    assertThat(meter.underWayMax()).isEqualTo(1);
  }

  @Test
  void lockThatIsHandedOver_isNoLongerWaitedForHere() throws Exception {
    Locks other = host(2);
    time.run(
        List.of(
            () -> {
              String ticket = locks.acquire("order-42").ticket();
              try (HeldLock redeemed = other.redeem(ticket)) {
                time.sleep(ofSeconds(1));
                assertThat(redeemed.isHeld()).isTrue();
              }
              return null;
            },
            after(ofMillis(1), worker(2, locks, ofMillis(100)))));
    assertThat(served).containsExactly(2);
    assertThat(meter.refusedPerHandOver()).isPositive();
  }

  @Test
  void busyHost_letsOthersBy() throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      int me = number;
      work.add(
          () -> {
            for (int i = 0; i < 50; i++) {
              worker(me, locks, ofMillis(100)).call();
            }
            return null;
          });
    }
    work.add(after(ofMillis(50), worker(100, host(2), ofMillis(100))));

    time.run(work);

    assertThat(served.indexOf(100)).isBetween(1, 64);
  }

  @Test
  void setThatWaitsInLine_keepsItsPlace_whileItRenewsWhatItHas() throws Exception {
    Callable<Void> set =
        () -> {
          locks.callAll(
              LockSet.of("customer-7", "order-42"),
              held -> {
                serve(2);
                return held.isHeld();
              });
          return null;
        };
    time.run(
        List.of(
            worker(1, locks.withLease(ofSeconds(20)), ofSeconds(12)),
            after(ofMillis(100), set),
            after(ofMillis(200), worker(3, locks, ofMillis(100)))));
    assertThat(served).containsExactly(1, 2, 3);
    assertThat(meter.refusedPerHandOver()).isZero();
  }
}
