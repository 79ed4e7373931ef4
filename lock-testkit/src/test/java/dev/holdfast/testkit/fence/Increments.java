package dev.holdfast.testkit.fence;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.testkit.ManualTime;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Four hosts increment one count under one lock, step by step in an order drawn from a seed. A host
 * often pauses before a step for longer than its lease and the skew bound, so that others take
 * over, and then goes on as if nothing had happened.
 */
final class Increments {
  private static final int HOSTS = 4;
  private static final int STEPS_PER_INCREMENT_MAX = 50;
  private static final int READS_FOLLOWED_BY_ONE_PAUSE = 3;
  private static final int ACQUIRES_FOLLOWED_BY_ONE_PAUSE = 50;
  private static final Duration LEASE = ofSeconds(1);
  private static final int PAUSE_MILLIS_MIN = 1_500;
  private static final int PAUSE_MILLIS_MAX = 10_000;
  private static final int BUSY_MILLIS_MIN = 500;
  private static final int BUSY_MILLIS_MAX = 2_500;

  private final ManualTime time = ManualTime.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final DynamoDbClient items;
  private final Counting counting;
  private final Random random;
  private final List<Host> hosts = new ArrayList<>();
  private int acknowledged;
  private int refused;
  private int late;

  /**
   * What came of a run.
   *
   * @param acknowledged increments that a host was told had succeeded
   * @param counted what the item says at the end
   * @param refused writes that the fence refused
   * @param late writes that were made although the writer's lease was over
   */
  record Outcome(int acknowledged, long counted, int refused, int late) {}

  Increments(DynamoDbClient items, Counting counting, long seed) {
    this.items = items;
    this.counting = counting;
    this.random = new Random(seed);
    SimulatedTable lockTable = SimulatedTable.named("locks");
    for (int i = 0; i < HOSTS; i++) {
      Locks locks = DynamoDbLocks.on(lockTable, "locks").withTime(time).withLease(LEASE);
      hosts.add(new Host(locks.withHolder("host " + i)));
    }
  }

  Outcome until(int increments) {
    long stepsMax = (long) increments * STEPS_PER_INCREMENT_MAX;
    for (long step = 0; step < stepsMax && acknowledged < increments; step++) {
      time.advance(ofMillis(1));
      List<Host> ready = ready();
      ready.get(random.nextInt(ready.size())).step();
    }
    return new Outcome(acknowledged, counting.stored(items), refused, late);
  }

  /** Where all pause, time passes until the first goes on. */
  private List<Host> ready() {
    Instant first =
        hosts.stream().map(h -> h.pausedUntil).min(Comparator.naturalOrder()).orElseThrow();
    if (time.wall().isBefore(first)) {
      time.advance(Duration.between(time.wall(), first));
    }
    return hosts.stream().filter(h -> !time.wall().isBefore(h.pausedUntil)).toList();
  }

  private final class Host {
    private final Locks locks;
    private @Nullable HeldLock lock;
    private @Nullable Fence fence;
    private long read;
    private Instant pausedUntil = Instant.MIN;

    Host(Locks locks) {
      this.locks = locks;
    }

    void step() {
      if (lock == null) {
        acquire();
      } else if (fence == null) {
        read(lock);
      } else {
        write(lock, fence);
      }
    }

    private void acquire() {
      Acquisition acquisition = locks.tryAcquire("counter");
      if (acquisition instanceof Acquisition.Acquired acquired) {
        lock = acquired.lock();
        pauseOnceIn(ACQUIRES_FOLLOWED_BY_ONE_PAUSE);
      } else {
        pause(random.nextInt(BUSY_MILLIS_MIN, BUSY_MILLIS_MAX));
      }
    }

    private void read(HeldLock held) {
      Fence mine = Fence.of(held);
      try {
        read = counting.read(items, mine);
        fence = mine;
        pauseOnceIn(READS_FOLLOWED_BY_ONE_PAUSE);
      } catch (FenceRefusedException e) {
        refused++;
        end(held);
      }
    }

    private void write(HeldLock held, Fence mine) {
      int isLate = held.isHeld() ? 0 : 1;
      try {
        counting.write(items, mine, read + 1);
        acknowledged++;
        late += isLate;
      } catch (FenceRefusedException e) {
        refused++;
      }
      end(held);
    }

    private void end(HeldLock held) {
      if (held.isHeld()) {
        held.close();
      }
      lock = null;
      fence = null;
    }

    private void pauseOnceIn(int times) {
      if (random.nextInt(times) == 0) {
        pause(random.nextInt(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX));
      }
    }

    private void pause(int millis) {
      pausedUntil = time.wall().plusMillis(millis);
    }
  }
}
