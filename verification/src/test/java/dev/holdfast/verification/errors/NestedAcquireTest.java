package dev.holdfast.verification.errors;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.KeepAlive;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Acquires of a lock by a thread that works under it, and work that outlives its lease. */
class NestedAcquireTest {
  private static final Instant START = Instant.parse("2040-01-01T12:00:00Z");

  private final ManualClock time = ManualClock.at(START);
  private final SimulatedTable table = SimulatedTable.named("locks", time);
  private final LockClient lockClient = newClient();

  private LockClient newClient() {
    return DynamoDbLockClient.create(table, "locks")
        .withTimeSource(time)
        .withLeaseDuration(ofSeconds(60))
        .withMaxWait(ofSeconds(900));
  }

  private void assertReentrant(ThrowingCallable call) {
    assertThatIllegalStateException()
        .isThrownBy(call)
        .withMessageContaining("is already held by this thread, which would wait for itself");
    assertThat(time.wallTime()).as("the call did not wait").isEqualTo(START);
  }

  @Test
  void nestedCalls_failAtOnce() throws InterruptedException {
    lockClient.run(
        "a",
        lease -> {
          assertReentrant(() -> lockClient.call("a", inner -> 1));
          assertReentrant(() -> lockClient.run("a", inner -> {}));
          assertReentrant(() -> lockClient.acquire("a"));
          assertReentrant(() -> lockClient.tryAcquire(LockRequest.of("a"), ofSeconds(5)));
          assertReentrant(() -> lockClient.acquireAll(MultiLockRequest.of("0", "a")));
          assertThat(table.row("0")).as("the lock before it was released").isEmpty();
        });
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void nestedCallOfAnotherClient_failsAtItsFirstRequest() throws InterruptedException {
    LockClient second = newClient();
    lockClient.run("a", lease -> assertReentrant(() -> second.run("a", inner -> {})));
    lockClient.runAll(
        MultiLockRequest.of("a", "b"),
        leases -> assertReentrant(() -> second.run("b", inner -> {})));
    assertThat(table.counts().rejectedPuts()).isEqualTo(2);
  }

  @Test
  void tryAcquire_inTheWork_findsTheLockBusy() throws InterruptedException {
    lockClient.run(
        "a", lease -> assertThat(lockClient.tryAcquire("a")).isInstanceOf(Acquisition.Busy.class));
  }

  @Test
  void otherNamesAndFreePermits_areAcquiredInTheWork() throws InterruptedException {
    LockRequest permit = LockRequest.of("a").permits(2);
    lockClient.run(
        permit,
        outer ->
            lockClient.run(
                permit,
                inner -> {
                  assertThat(inner.name()).isNotEqualTo(outer.name());
                  lockClient.run("a", lock -> {});
                  assertReentrant(() -> lockClient.acquire(permit));
                }));
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void keepAlive_andHeldLock_recordTheirWork() throws InterruptedException {
    LockCallback<Lease, Integer, InterruptedException> nested =
        lease -> {
          assertThatIllegalStateException().isThrownBy(() -> lockClient.acquire("a"));
          return 7;
        };
    try (HeldLock lock = lockClient.acquire("a")) {
      assertThat(lock.call(nested)).isEqualTo(7);
      assertThat(lock.<Integer, InterruptedException>call(outer -> lock.call(nested))).isEqualTo(7);
      try (KeepAlive keepAlive = lock.keepAlive()) {
        assertThat(keepAlive.call(nested)).isEqualTo(7);
      }
    }
  }

  @Test
  void lockThatAnotherThreadWorksUnder_isAwaited() throws Exception {
    HeldLock lock = lockClient.acquire("a");
    CompletableFuture<Void> work = CompletableFuture.runAsync(() -> lock.call(lease -> 1));
    work.get();
    assertThatThrownBy(() -> lockClient.acquire(LockRequest.of("a").maxWait(ofSeconds(5))))
        .isInstanceOf(LockUnavailableException.class);
    assertThat(Duration.between(START, time.wallTime())).isEqualTo(ofSeconds(5));
    lock.close();
    lockClient.acquire("a").close();
  }

  @Test
  void otherThread_maySendItsOwnAcquire_whileTheWorkRuns()
      throws InterruptedException, ExecutionException {
    lockClient.run(
        "a",
        lease ->
            assertThat(
                    CompletableFuture.supplyAsync(
                            () -> newClient().tryAcquire("a") instanceof Acquisition.Busy)
                        .join())
                .isTrue());
  }

  @Test
  void workThatOutlivesItsLease_returnsNormally_withoutTheCheck() throws InterruptedException {
    assertThat(lockClient.<Integer, RuntimeException>call("a", lease -> outlive())).isEqualTo(7);
  }

  @Test
  void workThatOutlivesItsLease_isALostLock_withTheCheck() throws InterruptedException {
    LockClient checking = lockClient.withLossCheck();
    assertThat(checking.<Integer, RuntimeException>call("a", lease -> 7)).isEqualTo(7);
    assertLost(() -> checking.call("a", lease -> outlive()));
    assertLost(() -> checking.run("a", lease -> outlive()));
    assertLost(() -> checking.callAll(MultiLockRequest.of("a", "b"), leases -> outlive()));
    assertLost(() -> checking.runAll(MultiLockRequest.of("a", "b"), leases -> outlive()));
    assertThat(table.rows().values()).noneMatch(row -> row.get("state").s().equals("HELD"));
  }

  @Test
  void workThatThrows_afterItsLease_keepsItsException() {
    assertThatThrownBy(
            () ->
                lockClient
                    .withLossCheck()
                    .run(
                        "a",
                        lease -> {
                          outlive();
                          throw new ArithmeticException("of the work");
                        }))
        .isInstanceOf(ArithmeticException.class)
        .hasNoSuppressedExceptions();
  }

  private int outlive() {
    time.advance(ofSeconds(61));
    return 7;
  }

  private static void assertLost(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(LockLostException.class)
        .hasMessageContaining("stop, another holder may have acquired it");
  }
}
