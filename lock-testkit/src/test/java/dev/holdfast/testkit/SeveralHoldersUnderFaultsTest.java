package dev.holdfast.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldLocks;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockSet;
import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
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
 * Random schedules of hosts whose clocks differ by up to the bound, on a table that loses, delays
 * and repeats: what they believe is compared after each step.
 */
class SeveralHoldersUnderFaultsTest {
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

  /** One table, its hosts, and what they hold. */
  private static final class World {
    final Random random;
    final SimulatedTable table = SimulatedTable.named("locks");
    final List<ManualTime> clocks = new ArrayList<>();
    final List<Locks> hosts = new ArrayList<>();
    final List<HeldRequest> underway = new ArrayList<>();

    World(long seed, int skewMillis) {
      random = new Random(seed);
      for (int i = 0; i < HOSTS; i++) {
        Duration skew = ofMillis(random.nextInt(skewMillis) - skewMillis / 2);
        ManualTime clock = ManualTime.at(Instant.parse("2040-01-01T12:00:00Z").plus(skew));
        clocks.add(clock);
        hosts.add(
            DynamoDbLocks.on(table, "locks")
                .withTime(clock)
                .withLease(ofSeconds(4))
                .withHolder("host " + i));
      }
    }

    Locks anyHost() {
      return hosts.get(random.nextInt(HOSTS));
    }

    void timePasses() {
      Duration step = ofMillis(random.nextInt(1_500));
      clocks.forEach(clock -> clock.advance(step));
    }

    void somethingGoesWrong() {
      switch (random.nextInt(6)) {
        case 0 -> underway.add(table.faults().nextRequestHeld());
        case 1 -> underway.add(table.faults().nextDuplicated());
        case 2 -> deliverLate();
        default -> table.faults().next(FAULTS.get(random.nextInt(FAULTS.size())));
      }
    }

    private void deliverLate() {
      underway.stream()
          .filter(HeldRequest::isUnderWay)
          .findFirst()
          .ifPresent(
              request -> {
                underway.remove(request);
                request.deliver();
              });
    }
  }

  @Test
  void permits_neverHaveMoreHolders_thanTheLargestNumberAskedFor() {
    int most = 0;
    for (int schedule = 0; schedule < SCHEDULES; schedule++) {
      int holders = mostHolders(new World(seed + schedule, SKEW_MILLIS));
      assertThat(holders).as("seed %d", seed + schedule).isLessThanOrEqualTo(3);
      most = Math.max(most, holders);
    }
    assertThat(most).as("as many as allowed, seed %d", seed).isEqualTo(3);
  }

  @Test
  void clocksThatDifferByMoreThanTheBound_areNoticedHere() {
    int most = 0;
    for (int schedule = 0; schedule < SCHEDULES; schedule++) {
      most = Math.max(most, mostHolders(new World(seed + schedule, 10 * SKEW_MILLIS)));
    }
    assertThat(most).as("seed %d", seed).isGreaterThan(3);
  }

  private static int mostHolders(World world) {
    List<HeldLock> held = new ArrayList<>();
    int most = 0;
    for (int step = 0; step < STEPS; step++) {
      permitStep(world, held);
      most = Math.max(most, (int) held.stream().filter(HeldLock::isHeld).count());
    }
    return most;
  }

  private static void permitStep(World world, List<HeldLock> held) {
    switch (world.random.nextInt(6)) {
      case 0 -> world.somethingGoesWrong();
      case 1 -> world.timePasses();
      case 2 ->
          held.stream()
              .skip(world.random.nextInt(3))
              .findFirst()
              .ifPresent(SeveralHoldersUnderFaultsTest::release);
      case 3 -> held.removeIf(lock -> !lock.isHeld());
      default -> tryPermit(world).ifPresent(held::add);
    }
  }

  private static Optional<HeldLock> tryPermit(World world) {
    LockRequest request = LockRequest.of("mail").permits(2 + world.random.nextInt(2));
    try {
      Acquisition acquisition = world.anyHost().tryAcquire(request);
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

  private static void release(HeldLocks locks) {
    try {
      locks.release();
    } catch (LockException e) {
      assertThat(e).isInstanceOfAny(LockClosedException.class, LockTableException.class);
    }
  }

  @Test
  void sets_neverShareAName() throws InterruptedException {
    int sets = 0;
    for (int schedule = 0; schedule < SCHEDULES; schedule++) {
      sets += setsWon(seed + schedule);
    }
    assertThat(sets).as("sets won, seed %d", seed).isGreaterThan(SCHEDULES);
  }

  private static int setsWon(long seed) throws InterruptedException {
    World world = new World(seed, SKEW_MILLIS);
    List<HeldLocks> held = new ArrayList<>();
    int won = 0;
    for (int step = 0; step < STEPS; step++) {
      won += setStep(world, held);
      Set<String> names = new HashSet<>();
      for (HeldLocks set : held) {
        boolean alone = !set.isHeld() || set.names().stream().allMatch(names::add);
        assertThat(alone).as("seed %d, step %d: %s", seed, step, held).isTrue();
      }
    }
    return won;
  }

  private static int setStep(World world, List<HeldLocks> held) throws InterruptedException {
    switch (world.random.nextInt(6)) {
      case 0 -> world.somethingGoesWrong();
      case 1 -> world.timePasses();
      case 2 ->
          held.stream()
              .skip(world.random.nextInt(3))
              .findFirst()
              .ifPresent(SeveralHoldersUnderFaultsTest::release);
      case 3 -> held.removeIf(set -> !set.isHeld());
      default -> {
        return trySet(world, held);
      }
    }
    return 0;
  }

  private static int trySet(World world, List<HeldLocks> held) throws InterruptedException {
    List<String> wanted =
        IntStream.range(0, 2 + world.random.nextInt(2))
            .mapToObj(i -> NAMES.get(world.random.nextInt(NAMES.size())))
            .toList();
    try {
      held.add(world.anyHost().acquireAll(LockSet.of(wanted).waitUpTo(Duration.ZERO)));
      return 1;
    } catch (LockException e) {
      return 0;
    }
  }
}
