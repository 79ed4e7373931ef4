package dev.holdfast.verification.waitqueue;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Interrupts waiting threads, and ends all faults. */
final class InterruptInjector {
  /** The maximum time between two interrupts, and the maximum delay of the end of the faults. */
  static final Duration MAX_INTERVAL = Duration.ofMillis(400);

  private final World world;
  private final Random random;
  private final Duration faultsEnd;

  InterruptInjector(World world, Random random, Duration faultsEnd) {
    this.world = world;
    this.random = random;
    this.faultsEnd = faultsEnd;
  }

  void run() throws InterruptedException {
    while (world.timeSource().monotonicNanos() < faultsEnd.toNanos()) {
      world
          .timeSource()
          .sleep(Workload.randomMicros(random, (int) MAX_INTERVAL.toMillis()).plusNanos(1));
      world.checkInvariants();
      interruptRandomWaiter();
    }
    world.log(() -> "from now on all goes well");
    world.network().stopFaults();
  }

  private void interruptRandomWaiter() {
    List<Worker> waiting = world.workers().stream().filter(Worker::isWaiting).toList();
    if (!waiting.isEmpty() && random.nextInt(5) == 0) {
      waiting.get(random.nextInt(waiting.size())).interrupt();
    }
  }
}
