package dev.holdfast.verification.simulation;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.internal.protocol.RandomSource;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A process after its initialization, which is restored twice. Both copies have made the same
 * random choices up to the snapshot, so that their observations are equal. Their monotonic clocks
 * have stopped since the snapshot.
 */
final class ProcessSnapshot {
  private static final int FIRST_HOST_NUMBER = 3;
  private static final int COPIES = 2;
  static final String WARM_UP_LOCK = "primed";

  private final List<SnapshotRandomSource> randomSources;
  private final List<Host> copies;
  private boolean used;

  ProcessSnapshot(
      Schedule schedule, Random random, BiFunction<Integer, RandomSource, Host> hostFactory) {
    long seed = random.nextLong();
    boolean shared = schedule.mutant() == Mutant.RANDOM_SOURCE_SHARED_AFTER_RESTORE;
    randomSources =
        IntStream.range(0, COPIES)
            .mapToObj(i -> new Random(seed))
            .map(seeded -> new SnapshotRandomSource(seeded, shared ? seeded : random))
            .toList();
    copies =
        IntStream.range(0, COPIES)
            .mapToObj(i -> hostFactory.apply(FIRST_HOST_NUMBER + i, randomSources.get(i)))
            .toList();
    copies.forEach(ProcessSnapshot::warmUp);
  }

  private static void warmUp(Host copy) {
    copy.lockClient()
        .withHolder(copy.label())
        .withClockModel(ClockModel.unsynchronized().withTtl()) // both are one process here
        .tryAcquire(WARM_UP_LOCK);
    copy.clock().freeze();
  }

  boolean isUsed() {
    return used;
  }

  List<Host> restore() {
    used = true;
    randomSources.forEach(SnapshotRandomSource::restore);
    copies.forEach(copy -> copy.clock().thaw());
    return copies;
  }
}
