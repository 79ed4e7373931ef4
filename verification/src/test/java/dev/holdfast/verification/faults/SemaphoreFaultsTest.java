package dev.holdfast.verification.faults;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockSkewException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockThrottledException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tests the cost of permits, and the effect of faults on them. */
class SemaphoreFaultsTest {
  private static final LockRequest MAIL_PERMIT = LockRequest.of("mail").permits(3);

  private final ManualClock clock = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final SimulatedTable table = SimulatedTable.named("locks", clock);
  private final LockClient lockClient = newLockClient();

  private LockClient newLockClient() {
    return DynamoDbLockClient.create(table, "locks").withTimeSource(clock);
  }

  private static HeldLock acquiredLock(Acquisition acquisition) {
    return ((Acquisition.Acquired) acquisition).lock();
  }

  private void acquireAllPermits() {
    for (int i = 0; i < 3; i++) {
      acquiredLock(newLockClient().tryAcquire(MAIL_PERMIT));
    }
  }

  @Test
  void freePermit_costsOnePutAndOneDelete() {
    acquiredLock(lockClient.tryAcquire(MAIL_PERMIT)).close();

    assertThat(table.counts()).isEqualTo(new RequestCounts(1, 1, 0, 0, 0, 2));
  }

  @Test
  void busyReply_costsOneRejectedPutPerPermit() {
    acquireAllPermits();
    RequestCounts before = table.counts();

    assertThat(lockClient.tryAcquire(MAIL_PERMIT)).isInstanceOf(Acquisition.Busy.class);

    assertThat(table.counts().since(before)).isEqualTo(new RequestCounts(3, 0, 3, 0, 0, 3));
  }

  @Test
  void takeover_fromCrashedHolder_costsOnePut() throws InterruptedException {
    acquireAllPermits();
    RequestCounts before = table.counts();
    clock.advance(ofSeconds(11));

    lockClient.acquire(MAIL_PERMIT);

    assertThat(table.counts().since(before)).isEqualTo(new RequestCounts(1, 0, 0, 0, 0, 1));
  }

  @Test
  void waiting_costsOnePutPerBackoff_forAnyNumberOfPermits() {
    acquireAllPermits();
    RequestCounts before = table.counts();

    assertThatThrownBy(() -> lockClient.acquire(MAIL_PERMIT.maxWait(ofSeconds(8))));

    int puts = table.counts().since(before).puts();
    assertThat(puts).isBetween(3 + 8_000 / 400, 3 + 8_000 / 200 + 10);
  }

  @Test
  void lostReply_isRetried_andPermitIsAcquired() throws InterruptedException {
    table.withRetries(1).faults().nextReplyLost();

    try (HeldLock lock = lockClient.acquire(MAIL_PERMIT)) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(table.counts().puts()).isEqualTo(2);
      assertThat(table.rows()).containsOnlyKeys(lock.name());
    }
  }

  @Test
  void permit_withUnknownOutcome_isReleased() throws InterruptedException {
    table.faults().nextReplyLost().nextReplyLost();

    HeldLock lock = lockClient.acquire(MAIL_PERMIT);

    assertThat(table.rows()).hasSize(2);
    assertThat(table.rows())
        .allSatisfy(
            (key, row) ->
                assertThat(row)
                    .containsEntry(
                        "state", AttributeValue.fromS(key.equals(lock.name()) ? "HELD" : "FREE")));
  }

  @Test
  void throttledPermit_isSkipped() throws InterruptedException {
    table.faults().nextThrottled();

    assertThat(lockClient.acquire(MAIL_PERMIT).isHeld()).isTrue();
  }

  @Test
  void tryAcquire_throttled_throwsLockThrottledException() {
    table.faults().nextThrottled();

    assertThatThrownBy(() -> lockClient.tryAcquire(MAIL_PERMIT))
        .isInstanceOf(LockThrottledException.class);
  }

  @Test
  void deniedWrite_endsWait() {
    table.faults().nextDenied();

    assertThatThrownBy(() -> lockClient.acquire(MAIL_PERMIT))
        .isInstanceOf(LockAccessDeniedException.class);
    assertThat(table.counts().puts()).isLessThanOrEqualTo(1);
  }

  @Test
  void skewedClock_acquiresNoPermit_andLeavesHoldersUnchanged() throws InterruptedException {
    HeldLock one = acquiredLock(lockClient.tryAcquire(MAIL_PERMIT));
    acquiredLock(lockClient.tryAcquire(MAIL_PERMIT));
    acquiredLock(lockClient.tryAcquire(MAIL_PERMIT));
    table.serverTime(clock);
    ManualClock fastClock = ManualClock.at(clock.wallTime().plusSeconds(60));
    LockClient skewedClient = DynamoDbLockClient.create(table, "locks").withTimeSource(fastClock);

    assertThatThrownBy(() -> skewedClient.acquire(MAIL_PERMIT))
        .isInstanceOf(ClockSkewException.class);

    assertThat(skewedClient.tryAcquire(MAIL_PERMIT)).isInstanceOf(Acquisition.Busy.class);
    one.renew();
    assertThat(one.isHeld()).isTrue();
  }

  @Test
  void manyThreads_neverExceedPermits_andAllAcquire() throws Exception {
    CountDownLatch full = new CountDownLatch(3);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger maxInside = new AtomicInteger();
    Callable<Boolean> task =
        () ->
            DynamoDbLockClient.create(table, "locks")
                .call(
                    MAIL_PERMIT.leaseDuration(ofMinutes(5)).maxWait(ofMinutes(5)),
                    lease -> {
                      maxInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      full.countDown();
                      boolean wasFull = full.await(30, TimeUnit.SECONDS);
                      inside.decrementAndGet();
                      return wasFull;
                    });
    ExecutorService executor = Executors.newFixedThreadPool(16);
    try {
      for (Future<Boolean> future : executor.invokeAll(Collections.nCopies(200, task))) {
        assertThat(future.get()).isTrue();
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(maxInside.get()).isEqualTo(3);
    assertThat(table.rows()).isEmpty();
  }
}
