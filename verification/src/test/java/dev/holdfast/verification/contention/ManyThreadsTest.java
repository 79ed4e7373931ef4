package dev.holdfast.verification.contention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.SimulatedTable;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Runs 2,000 threads of one JVM on 1,000 keys in real time. {@code -Dholdfast.threads.seconds} sets
 * the duration.
 */
class ManyThreadsTest {
  private static final int THREADS = 2_000;
  private static final int KEYS = 1_000;
  private static final long MAX_HEAP_GROWTH_MEGABYTES = 32;

  private final Duration halfDuration =
      Duration.ofSeconds(Integer.getInteger("holdfast.threads.seconds", 2)).dividedBy(2);
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final LockClient lockClient =
      DynamoDbLockClient.create(table, "locks")
          .withMaxWait(Duration.ofMinutes(5))
          .withLeaseDuration(Duration.ofMinutes(5));
  private final long[] countedByKey = new long[KEYS];
  private final AtomicBoolean running = new AtomicBoolean(true);
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private long work(long seed) throws InterruptedException {
    Random random = new Random(seed);
    long ownCount = 0;
    while (running.get()) {
      int key = random.nextInt(KEYS);
      try (HeldLock lock = lockClient.acquire("key-" + key)) {
        countedByKey[key]++;
        ownCount++;
        lock.ensureHeld();
      }
    }
    return ownCount;
  }

  /** Returns the heap after a garbage collection, without later allocations of running threads. */
  private long usedMegabytesAfter(Duration time) throws InterruptedException {
    assertThat(pool.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(memory -> memory.getType() == MemoryType.HEAP)
            .mapToLong(memory -> memory.getCollectionUsage().getUsed())
            .sum()
        >> 20;
  }

  private static Set<String> threadNames() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  @Test
  void manyThreads_loseNoIncrement_andLeakNoThreadsOrMemory() throws Exception {
    Set<String> before = threadNames();
    List<Future<Long>> futures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long seed = i;
      futures.add(pool.submit(() -> work(seed)));
    }
    pool.shutdown();

    long early = usedMegabytesAfter(halfDuration);
    long late = usedMegabytesAfter(halfDuration);
    running.set(false);

    assertThat(pool.awaitTermination(4, TimeUnit.MINUTES)).isTrue();
    long counted = 0;
    for (Future<Long> future : futures) {
      counted += future.get();
    }
    System.out.printf(
        Locale.ROOT,
        "%d threads on %d keys: %d holds in %d s, heap %d MB, then %d MB%n",
        THREADS,
        KEYS,
        counted,
        2 * halfDuration.toSeconds(),
        early,
        late);
    assertThat(LongStream.of(countedByKey).sum()).isEqualTo(counted).isGreaterThan(THREADS);
    assertThat(late - early).isLessThan(MAX_HEAP_GROWTH_MEGABYTES);
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(threadNames()).isSubsetOf(before));
    assertThat(table.rows()).isEmpty();
  }
}
