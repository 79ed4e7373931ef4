package dev.holdfast.verification.fencing;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceRefusedException;
import dev.holdfast.testkit.ManualClock;
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
 * Simulation of four hosts that increment one count under one lock. A seed determines the order of
 * their steps. A host often pauses before a step for longer than its lease plus the maximum skew,
 * so that others take over, and then continues without noticing it.
 */
final class IncrementSimulation {
  private static final int HOSTS = 4;
  private static final int STEPS_PER_INCREMENT_MAX = 50;
  private static final int READS_PER_PAUSE = 3;
  private static final int ACQUIRES_PER_PAUSE = 50;
  private static final Duration LEASE_DURATION = ofSeconds(1);
  private static final int PAUSE_MILLIS_MIN = 1_500;
  private static final int PAUSE_MILLIS_MAX = 10_000;
  private static final int BUSY_MILLIS_MIN = 500;
  private static final int BUSY_MILLIS_MAX = 2_500;

  private final ManualClock time = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z"));
  private final DynamoDbClient items;
  private final CounterStrategy strategy;
  private final Random random;
  private final List<Host> hosts = new ArrayList<>();
  private int acknowledged;
  private int refused;
  private int expiredWrites;

  /**
   * Result of a run.
   *
   * @param acknowledged increments that succeeded for their host
   * @param finalCount count in the item at the end
   * @param refused writes that the fence refused
   * @param expiredWrites writes that applied after the lease of their writer
   */
  record Outcome(int acknowledged, long finalCount, int refused, int expiredWrites) {}

  IncrementSimulation(DynamoDbClient items, CounterStrategy strategy, long seed) {
    this.items = items;
    this.strategy = strategy;
    this.random = new Random(seed);
    SimulatedTable lockTable = SimulatedTable.named("locks");
    for (int i = 0; i < HOSTS; i++) {
      LockClient lockClient =
          DynamoDbLockClient.create(lockTable, "locks")
              .withTimeSource(time)
              .withLeaseDuration(LEASE_DURATION);
      hosts.add(new Host(lockClient.withHolder("host " + i)));
    }
  }

  Outcome run(int increments) {
    long stepsMax = (long) increments * STEPS_PER_INCREMENT_MAX;
    for (long step = 0; step < stepsMax && acknowledged < increments; step++) {
      time.advance(ofMillis(1));
      List<Host> readyHosts = readyHosts();
      readyHosts.get(random.nextInt(readyHosts.size())).step();
    }
    return new Outcome(acknowledged, strategy.storedCount(items), refused, expiredWrites);
  }

  /**
   * Returns the hosts that do not pause. If all pause, the clock advances to the end of the first
   * pause.
   */
  private List<Host> readyHosts() {
    Instant first =
        hosts.stream().map(h -> h.pausedUntil).min(Comparator.naturalOrder()).orElseThrow();
    if (time.wallTime().isBefore(first)) {
      time.advance(Duration.between(time.wallTime(), first));
    }
    return hosts.stream().filter(h -> !time.wallTime().isBefore(h.pausedUntil)).toList();
  }

  private final class Host {
    private final LockClient lockClient;
    private @Nullable HeldLock lock;
    private @Nullable Fence fence;
    private long read;
    private Instant pausedUntil = Instant.MIN;

    Host(LockClient lockClient) {
      this.lockClient = lockClient;
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
      Acquisition acquisition = lockClient.tryAcquire("counter");
      if (acquisition instanceof Acquisition.Acquired acquired) {
        lock = acquired.lock();
        maybePause(ACQUIRES_PER_PAUSE);
      } else {
        pause(random.nextInt(BUSY_MILLIS_MIN, BUSY_MILLIS_MAX));
      }
    }

    private void read(HeldLock held) {
      Fence ownFence = Fence.of(held);
      try {
        read = strategy.read(items, ownFence);
        fence = ownFence;
        maybePause(READS_PER_PAUSE);
      } catch (FenceRefusedException e) {
        refused++;
        finish(held);
      }
    }

    private void write(HeldLock held, Fence ownFence) {
      int expired = held.isHeld() ? 0 : 1;
      try {
        strategy.write(items, ownFence, read + 1);
        acknowledged++;
        expiredWrites += expired;
      } catch (FenceRefusedException e) {
        refused++;
      }
      finish(held);
    }

    private void finish(HeldLock held) {
      if (held.isHeld()) {
        held.close();
      }
      lock = null;
      fence = null;
    }

    private void maybePause(int period) {
      if (random.nextInt(period) == 0) {
        pause(random.nextInt(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX));
      }
    }

    private void pause(int millis) {
      pausedUntil = time.wallTime().plusMillis(millis);
    }
  }
}
