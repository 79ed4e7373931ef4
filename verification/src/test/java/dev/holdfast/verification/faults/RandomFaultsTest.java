package dev.holdfast.verification.faults;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.testkit.PendingDelivery;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Runs random schedules of hosts within the maximum clock skew, on a table that loses, delays and
 * duplicates requests. The test compares the holders after each step.
 */
class RandomFaultsTest {
  private static final int SCHEDULES = Integer.getInteger("holdfast.faults.schedules", 60);
  private static final int STEPS = 200;
  private static final int SKEW_MILLIS = 1_000;
  private static final int HOSTS = 5;
  private static final List<Fault> FAULTS =
      List.of(
          Fault.REQUEST_LOST,
          Fault.REPLY_LOST,
          Fault.FAILED_BEFORE_APPLYING,
          Fault.FAILED_AFTER_APPLYING,
          Fault.THROTTLED);
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  private final long seed = Long.getLong("holdfast.faults.seed", new Random().nextLong());

  /** Clock of one host. A sleep takes the same time for all hosts, so the skews are constant. */
  private record HostClock(ManualClock clock, List<ManualClock> allClocks) implements TimeSource {
    @Override
    public Instant wallTime() {
      return clock.wallTime();
    }

    @Override
    public long monotonicNanos() {
      return clock.monotonicNanos();
    }

    @Override
    public void sleep(Duration duration) {
      allClocks.forEach(each -> each.advance(duration));
    }
  }

  /** One table, its hosts and their holds. */
  private static final class World {
    final Random random;
    final SimulatedTable table = SimulatedTable.named("locks");
    final List<ManualClock> clocks = new ArrayList<>();
    final List<LockClient> hosts = new ArrayList<>();
    final List<PendingDelivery> pending = new ArrayList<>();

    World(long seed, int skewMillis) {
      random = new Random(seed);
      for (int i = 0; i < HOSTS; i++) {
        Duration skew = ofMillis(random.nextInt(skewMillis) - skewMillis / 2);
        ManualClock clock = ManualClock.at(Instant.parse("2040-01-01T12:00:00Z").plus(skew));
        clocks.add(clock);
        hosts.add(
            DynamoDbLockClient.create(table, "locks")
                .withTimeSource(new HostClock(clock, clocks))
                .withLeaseDuration(ofSeconds(4))
                .withHolder("host " + i));
      }
    }

    LockClient randomHost() {
      return hosts.get(random.nextInt(HOSTS));
    }

    void advanceTime() {
      Duration step = ofMillis(random.nextInt(1_500));
      clocks.forEach(clock -> clock.advance(step));
    }

    void injectFault() {
      switch (random.nextInt(6)) {
        case 0 -> pending.add(table.faults().nextRequestDelayed());
        case 1 -> pending.add(table.faults().nextDuplicated());
        case 2 -> deliverPending();
        default -> table.faults().next(FAULTS.get(random.nextInt(FAULTS.size())));
      }
    }

    private void deliverPending() {
      pending.stream()
          .filter(PendingDelivery::isSent)
          .findFirst()
          .ifPresent(
              delivery -> {
                pending.remove(delivery);
                delivery.deliver();
              });
    }
  }

  @Test
  void semaphore_neverHasMoreHoldersThanPermits() {
    int maxHolders = 0;
    for (int schedule = 0; schedule < SCHEDULES; schedule++) {
      int holders = maxConcurrentHolders(new World(seed + schedule, SKEW_MILLIS));
      assertThat(holders).as("seed %d", seed + schedule).isLessThanOrEqualTo(3);
      maxHolders = Math.max(maxHolders, holders);
    }
    assertThat(maxHolders).as("as many as allowed, seed %d", seed).isEqualTo(3);
  }

  @Test
  void canary_skewAboveMaximum_isDetected() {
    int maxHolders = 0;
    for (int schedule = 0; schedule < SCHEDULES; schedule++) {
      maxHolders =
          Math.max(maxHolders, maxConcurrentHolders(new World(seed + schedule, 10 * SKEW_MILLIS)));
    }
    assertThat(maxHolders).as("seed %d", seed).isGreaterThan(3);
  }

  private static int maxConcurrentHolders(World world) {
    List<HeldLock> held = new ArrayList<>();
    int maxHolders = 0;
    for (int step = 0; step < STEPS; step++) {
      runPermitStep(world, held);
      maxHolders = Math.max(maxHolders, (int) held.stream().filter(HeldLock::isHeld).count());
    }
    return maxHolders;
  }

  private static void runPermitStep(World world, List<HeldLock> held) {
    switch (world.random.nextInt(6)) {
      case 0 -> world.injectFault();
      case 1 -> world.advanceTime();
      case 2 ->
          held.stream()
              .skip(world.random.nextInt(3))
              .findFirst()
              .ifPresent(RandomFaultsTest::release);
      case 3 -> held.removeIf(lock -> !lock.isHeld());
      default -> tryAcquirePermit(world).ifPresent(held::add);
    }
  }

  private static Optional<HeldLock> tryAcquirePermit(World world) {
    LockRequest request = LockRequest.of("mail").permits(2 + world.random.nextInt(2));
    try {
      Acquisition acquisition = world.randomHost().tryAcquire(request);
      return acquisition instanceof Acquisition.Acquired acquired
          ? Optional.of(acquired.lock())
          : Optional.empty();
    } catch (LockException e) {
      return Optional.empty();
    }
  }

  private static void release(HeldLock lock) {
    try {
      lock.release();
    } catch (LockException e) {
      assertThat(e).isInstanceOfAny(LockClosedException.class, LockTableException.class);
    }
  }

  private static void release(HeldMultiLock locks) {
    try {
      locks.release();
    } catch (LockException e) {
      assertThat(e).isInstanceOfAny(LockClosedException.class, LockTableException.class);
    }
  }

  @Test
  void multiLocks_neverOverlap() throws InterruptedException {
    int acquired = 0;
    for (int schedule = 0; schedule < SCHEDULES; schedule++) {
      acquired += countAcquiredMultiLocks(seed + schedule);
    }
    assertThat(acquired).as("acquired multi-locks, seed %d", seed).isGreaterThan(SCHEDULES);
  }

  private static int countAcquiredMultiLocks(long seed) throws InterruptedException {
    World world = new World(seed, SKEW_MILLIS);
    List<HeldMultiLock> held = new ArrayList<>();
    int acquired = 0;
    for (int step = 0; step < STEPS; step++) {
      acquired += runMultiLockStep(world, held);
      Set<String> names = new HashSet<>();
      for (HeldMultiLock multiLock : held) {
        boolean exclusive = !multiLock.isHeld() || multiLock.names().stream().allMatch(names::add);
        assertThat(exclusive).as("seed %d, step %d: %s", seed, step, held).isTrue();
      }
    }
    return acquired;
  }

  private static int runMultiLockStep(World world, List<HeldMultiLock> held)
      throws InterruptedException {
    switch (world.random.nextInt(6)) {
      case 0 -> world.injectFault();
      case 1 -> world.advanceTime();
      case 2 ->
          held.stream()
              .skip(world.random.nextInt(3))
              .findFirst()
              .ifPresent(RandomFaultsTest::release);
      case 3 -> held.removeIf(set -> !set.isHeld());
      default -> {
        return tryAcquireMultiLock(world, held);
      }
    }
    return 0;
  }

  private static int tryAcquireMultiLock(World world, List<HeldMultiLock> held)
      throws InterruptedException {
    List<String> names =
        IntStream.range(0, 2 + world.random.nextInt(2))
            .mapToObj(i -> NAMES.get(world.random.nextInt(NAMES.size())))
            .toList();
    try {
      held.add(world.randomHost().acquireAll(MultiLockRequest.of(names).maxWait(Duration.ZERO)));
      return 1;
    } catch (LockException e) {
      return 0;
    }
  }
}
