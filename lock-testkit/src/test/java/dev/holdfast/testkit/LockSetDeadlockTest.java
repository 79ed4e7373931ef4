package dev.holdfast.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockSet;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
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

/** Sets that cross each other, wanted by many threads at once, on real clocks. */
class LockSetDeadlockTest {
  private static final int THREADS = 16;
  private static final int TURNS = 20;
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

  private final SimulatedTable table = SimulatedTable.named("locks");
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Map<String, String> holders = new ConcurrentHashMap<>();
  private final AtomicBoolean first = new AtomicBoolean(true);

  private Locks host() {
    return DynamoDbLocks.on(table, "locks").withWaitUpTo(ofMinutes(5)).withLease(ofMinutes(5));
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void crossingSets_allGetTheirTurn_oneAtATime() throws Exception {
    long seed = Long.getLong("holdfast.sets.seed", new Random().nextLong());
    System.out.println("crossing sets: seed " + seed);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(seed + thread);
      String holder = "thread " + thread;
      work.add(() -> turns(holder, random));
    }

    for (Future<Integer> done : threads.invokeAll(work, 10, TimeUnit.MINUTES)) {
      assertThat(done.get()).isEqualTo(TURNS);
    }

    assertThat(table.rows()).isEmpty();
  }

  private int turns(String holder, Random random) throws InterruptedException {
    Locks locks = host();
    int turns = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      List<String> wanted = new ArrayList<>(NAMES);
      Collections.shuffle(wanted, random);
      LockSet set = LockSet.of(wanted.subList(0, 2 + random.nextInt(2)));
      turns += locks.callAll(set, leases -> alone(holder, leases.names()));
    }
    return turns;
  }

  private int alone(String holder, List<String> names) {
    names.forEach(name -> assertThat(holders.put(name, holder)).isNull());
    if (first.getAndSet(false)) {
      await().atMost(ofSeconds(30)).until(this::othersWait);
    }
    names.forEach(name -> assertThat(holders.remove(name)).isEqualTo(holder));
    return 1;
  }

  private boolean othersWait() {
    return table.counts().refusedPuts() > THREADS;
  }

  /** Shows that the sets above would stand still if each thread took its locks in its own order. */
  @Test
  void crossingLocks_thatAreTakenOneByOne_standStillUntilTheirBound() throws Exception {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    CyclicBarrier bothGaveUp = new CyclicBarrier(2);
    Callable<Boolean> there = () -> gets("a", "b", List.of(bothHoldOne, bothGaveUp));
    Callable<Boolean> back = () -> gets("b", "a", List.of(bothHoldOne, bothGaveUp));

    for (Future<Boolean> done : threads.invokeAll(List.of(there, back), 2, TimeUnit.MINUTES)) {
      assertThat(done.get()).isFalse();
    }
  }

  private boolean gets(String first, String second, List<CyclicBarrier> stages) throws Exception {
    try (HeldLock one = host().acquire(first)) {
      stages.get(0).await();
      boolean both = one.isHeld() && getsToo(second);
      stages.get(1).await();
      return both;
    }
  }

  private boolean getsToo(String name) throws InterruptedException {
    try (HeldLock other = host().acquire(LockRequest.of(name).waitUpTo(ofMillis(200)))) {
      return other.isHeld();
    } catch (LockUnavailableException e) {
      return false;
    }
  }
}
