package dev.holdfast.testkit;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What permits cost, and what faults do to them. */
class PermitsOnSimulatedTableTest {
  private static final LockRequest MAIL = LockRequest.of("mail").permits(3);

  private final ManualTime time = ManualTime.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final Locks locks = otherHost();

  private Locks otherHost() {
    return DynamoDbLocks.on(table, "locks").withTime(time);
  }

  private static HeldLock held(Acquisition acquisition) {
    return ((Acquisition.Acquired) acquisition).lock();
  }

  private void takeAll() {
    for (int i = 0; i < 3; i++) {
      held(otherHost().tryAcquire(MAIL));
    }
  }

  @Test
  void freePermit_costsOnePut_andItsReleaseOneDelete() {
    held(locks.tryAcquire(MAIL)).close();

    assertThat(table.counts()).isEqualTo(new RequestCounts(1, 1, 0, 0, 0, 2));
  }

  @Test
  void busyAnswer_costsOneRefusedPutForEachPermit() {
    takeAll();
    RequestCounts before = table.counts();

    assertThat(locks.tryAcquire(MAIL)).isInstanceOf(Acquisition.Busy.class);

    assertThat(table.counts().since(before)).isEqualTo(new RequestCounts(3, 0, 3, 0, 0, 3));
  }

  @Test
  void takeOverOfACrashedHolder_costsOnePut() throws InterruptedException {
    takeAll();
    RequestCounts before = table.counts();
    time.advance(ofSeconds(11));

    locks.acquire(MAIL);

    assertThat(table.counts().since(before)).isEqualTo(new RequestCounts(1, 0, 0, 0, 0, 1));
  }

  @Test
  void waiting_costsOnePutForEachPause_whateverTheNumberOfPermits() {
    takeAll();
    RequestCounts before = table.counts();

    assertThatThrownBy(() -> locks.acquire(MAIL.waitUpTo(ofSeconds(8))));

    int puts = table.counts().since(before).puts();
    assertThat(puts).isBetween(3 + 8_000 / 400, 3 + 8_000 / 200 + 10);
  }

  @Test
  void lostReply_isAskedForAgain_andThePermitIsOurs() throws InterruptedException {
    table.resending(1).faults().nextReplyLost();

    try (HeldLock lock = locks.acquire(MAIL)) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(table.counts().puts()).isEqualTo(2);
      assertThat(table.rows()).containsOnlyKeys(lock.name());
    }
  }

  @Test
  void permitThatMayHaveBeenTaken_isGivenBack_whenNoAnswerComes() throws InterruptedException {
    table.faults().nextReplyLost().nextReplyLost();

    HeldLock lock = locks.acquire(MAIL);

    assertThat(table.rows()).hasSize(2);
    assertThat(table.rows())
        .allSatisfy(
            (key, row) ->
                assertThat(row)
                    .containsEntry(
                        "state", Requests.text(key.equals(lock.name()) ? "HELD" : "FREE")));
  }

  @Test
  void throttledSlot_isPassedOver() throws InterruptedException {
    table.faults().nextThrottled();

    assertThat(locks.acquire(MAIL).isHeld()).isTrue();
  }

  @Test
  void tryAcquire_thatIsThrottled_saysSo() {
    table.faults().nextThrottled();

    assertThatThrownBy(() -> locks.tryAcquire(MAIL)).isInstanceOf(LockThrottledException.class);
  }

  @Test
  void deniedWrite_endsTheWait() {
    table.faults().nextDenied();

    assertThatThrownBy(() -> locks.acquire(MAIL)).isInstanceOf(LockAccessDeniedException.class);
    assertThat(table.counts().puts()).isLessThanOrEqualTo(1);
  }

  @Test
  void clockThatIsOff_getsNoPermit_andLeavesTheHoldersTheirs() throws InterruptedException {
    HeldLock one = held(locks.tryAcquire(MAIL));
    held(locks.tryAcquire(MAIL));
    held(locks.tryAcquire(MAIL));
    table.dating(time);
    ManualTime ahead = ManualTime.at(time.wall().plusSeconds(60));
    Locks off = DynamoDbLocks.on(table, "locks").withTime(ahead);

    assertThatThrownBy(() -> off.acquire(MAIL)).isInstanceOf(LockClockException.class);

    assertThat(off.tryAcquire(MAIL)).isInstanceOf(Acquisition.Busy.class);
    one.renew();
    assertThat(one.isHeld()).isTrue();
  }

  @Test
  void manyThreads_areAsManyAsThePermits_neverMore_andAllGetTheirTurn() throws Exception {
    CountDownLatch full = new CountDownLatch(3);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Callable<Boolean> turn =
        () ->
            DynamoDbLocks.on(table, "locks")
                .call(
                    MAIL.lease(ofMinutes(5)).waitUpTo(ofMinutes(5)),
                    lease -> {
                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      full.countDown();
                      boolean wasFull = full.await(30, TimeUnit.SECONDS);
                      inside.decrementAndGet();
                      return wasFull;
                    });
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(200, turn))) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isEqualTo(3);
    assertThat(table.rows()).isEmpty();
  }
}
