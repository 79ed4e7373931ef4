package dev.holdfast.testkit.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
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
 * 2,000 threads of one JVM on 1,000 keys, in real time: 4 s in the build, and as long as {@code
 * -Dholdfast.threads.seconds} says.
 */
class ManyThreadsTest {
  private static final int THREADS = 2_000;
  private static final int KEYS = 1_000;
  private static final long MEGABYTES_MAX = 32;

  private final Duration half =
      Duration.ofSeconds(Integer.getInteger("holdfast.threads.seconds", 4)).dividedBy(2);
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final Locks locks =
      DynamoDbLocks.on(table, "locks")
          .withWaitUpTo(Duration.ofMinutes(5))
          .withLease(Duration.ofMinutes(5));
  private final long[] countedByKey = new long[KEYS];
  private final AtomicBoolean goOn = new AtomicBoolean(true);
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private long work(long seed) throws InterruptedException {
    Random random = new Random(seed);
    long mine = 0;
    while (goOn.get()) {
      int key = random.nextInt(KEYS);
      try (HeldLock lock = locks.acquire("key-" + key)) {
        countedByKey[key]++;
        mine++;
        lock.ensureHeld();
      }
    }
    return mine;
  }

  /** What the collection left: what was allocated since, by threads that go on, does not count. */
  private long usedMegabytesAfter(Duration time) throws InterruptedException {
    assertThat(pool.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(memory -> memory.getType() == MemoryType.HEAP)
            .mapToLong(memory -> memory.getCollectionUsage().getUsed())
            .sum()
        >> 20;
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  @Test
  void manyThreads_loseNothing_leaveNoThread_andNoMemory() throws Exception {
    Set<String> before = threads();
    List<Future<Long>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long seed = i;
      running.add(pool.submit(() -> work(seed)));
    }
    pool.shutdown();

    long early = usedMegabytesAfter(half);
    long late = usedMegabytesAfter(half);
    goOn.set(false);

    assertThat(pool.awaitTermination(4, TimeUnit.MINUTES)).isTrue();
    long counted = 0;
    for (Future<Long> each : running) {
      counted += each.get();
    }
    System.out.printf(
        Locale.ROOT,
        "%d threads on %d keys: %d holds in %d s, heap %d MB, then %d MB%n",
        THREADS,
        KEYS,
        counted,
        2 * half.toSeconds(),
        early,
        late);
    assertThat(LongStream.of(countedByKey).sum()).isEqualTo(counted).isGreaterThan(THREADS);
    assertThat(late - early).isLessThan(MEGABYTES_MAX);
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    assertThat(table.rows()).isEmpty();
  }
}
