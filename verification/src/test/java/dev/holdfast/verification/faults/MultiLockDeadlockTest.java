package dev.holdfast.verification.faults;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.SimulatedTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests overlapping multi-locks of many concurrent threads, on real clocks. */
class MultiLockDeadlockTest {
  private static final int THREADS = 16;
  private static final int ROUNDS = 20;
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

  private final SimulatedTable table = SimulatedTable.named("locks");
  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
  private final Map<String, String> holders = new ConcurrentHashMap<>();
  private final AtomicBoolean firstHolder = new AtomicBoolean(true);

  private LockClient lockClient() {
    return DynamoDbLockClient.create(table, "locks")
        .withMaxWait(ofMinutes(5))
        .withLeaseDuration(ofMinutes(5));
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void overlappingMultiLocks_areAllAcquired_oneAtATime() throws Exception {
    long seed = Long.getLong("holdfast.multilock.seed", new Random().nextLong());
    System.out.println("overlapping multi-locks: seed " + seed);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(seed + thread);
      String holder = "thread " + thread;
      work.add(() -> acquireRepeatedly(holder, random));
    }

    for (Future<Integer> future : executor.invokeAll(work, 10, TimeUnit.MINUTES)) {
      assertThat(future.get()).isEqualTo(ROUNDS);
    }

    assertThat(table.rows()).isEmpty();
  }

  private int acquireRepeatedly(String holder, Random random) throws InterruptedException {
    LockClient lockClient = lockClient();
    int acquired = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<String> names = new ArrayList<>(NAMES);
      Collections.shuffle(names, random);
      MultiLockRequest request = MultiLockRequest.of(names.subList(0, 2 + random.nextInt(2)));
      acquired += lockClient.callAll(request, leases -> assertExclusive(holder, leases.names()));
    }
    return acquired;
  }

  private int assertExclusive(String holder, List<String> names) {
    names.forEach(name -> assertThat(holders.put(name, holder)).isNull());
    if (firstHolder.getAndSet(false)) {
      await().atMost(ofSeconds(30)).until(this::areOthersWaiting);
    }
    names.forEach(name -> assertThat(holders.remove(name)).isEqualTo(holder));
    return 1;
  }

  private boolean areOthersWaiting() {
    return table.counts().rejectedPuts() > THREADS;
  }

  /** Tests that threads that acquire the same locks one by one in different orders deadlock. */
  @Test
  void locksAcquiredOneByOneInOppositeOrder_deadlockUntilMaxWait() throws Exception {
    CyclicBarrier bothHoldFirst = new CyclicBarrier(2);
    CyclicBarrier bothTimedOut = new CyclicBarrier(2);
    Callable<Boolean> forward = () -> acquiresBoth("a", "b", List.of(bothHoldFirst, bothTimedOut));
    Callable<Boolean> backward = () -> acquiresBoth("b", "a", List.of(bothHoldFirst, bothTimedOut));

    for (Future<Boolean> future :
        executor.invokeAll(List.of(forward, backward), 2, TimeUnit.MINUTES)) {
      assertThat(future.get()).isFalse();
    }
  }

  private boolean acquiresBoth(String first, String second, List<CyclicBarrier> stages)
      throws Exception {
    try (HeldLock one = lockClient().acquire(first)) {
      stages.get(0).await();
      boolean bothHeld = one.isHeld() && acquires(second);
      stages.get(1).await();
      return bothHeld;
    }
  }

  private boolean acquires(String name) throws InterruptedException {
    try (HeldLock other = lockClient().acquire(LockRequest.of(name).maxWait(ofMillis(200)))) {
      return other.isHeld();
    } catch (LockUnavailableException e) {
      return false;
    }
  }
}
