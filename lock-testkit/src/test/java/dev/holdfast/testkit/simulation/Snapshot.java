package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.protocol.Draws;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * One process as it was after its initialisation, restored twice. The two have done the same up to
 * the snapshot, with the same draws, so that whatever was remembered from before is the same in
 * both; their monotonic clocks stood still since.
 */
final class Snapshot {
  private static final int FIRST = 3;
  private static final int COPIES = 2;
  private static final String PRIMED = "primed";

  private final List<SnapshotDraws> draws;
  private final List<Host> copies;
  private boolean taken;

  Snapshot(Schedule schedule, Random random, BiFunction<Integer, Draws, Host> host) {
    long before = random.nextLong();
    boolean shared = schedule.rule() == BadRule.SHARES_THE_DRAWS_OF_A_SNAPSHOT;
    draws =
        IntStream.range(0, COPIES)
            .mapToObj(i -> new Random(before))
            .map(same -> new SnapshotDraws(same, shared ? same : random))
            .toList();
    copies = IntStream.range(0, COPIES).mapToObj(i -> host.apply(FIRST + i, draws.get(i))).toList();
    copies.forEach(Snapshot::prime);
  }

  private static void prime(Host copy) {
    copy.locks()
        .withHolder(copy.label())
        .withClockModel(ClockModel.unsynchronized().expiringRows()) // both are one process here
        .tryAcquire(PRIMED);
    copy.clock().freeze();
  }

  boolean isTaken() {
    return taken;
  }

  List<Host> restored() {
    taken = true;
    draws.forEach(SnapshotDraws::restore);
    copies.forEach(copy -> copy.clock().thaw());
    return copies;
  }
}
