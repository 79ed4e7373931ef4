package dev.holdfast.testkit.line;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Interrupts threads that wait, until it ends all faults. */
final class Conductor {
  /** Faults end no later after they are to end. */
  static final Duration BETWEEN_MAX = Duration.ofMillis(400);

  private final World world;
  private final Random random;
  private final Duration faultsEnd;

  Conductor(World world, Random random, Duration faultsEnd) {
    this.world = world;
    this.random = random;
    this.faultsEnd = faultsEnd;
  }

  void run() throws InterruptedException {
    while (world.time().monotonicNanos() < faultsEnd.toNanos()) {
      world.time().sleep(Habits.micros(random, (int) BETWEEN_MAX.toMillis()).plusNanos(1));
      world.look();
      interruptOne();
    }
    world.tell(() -> "from now on all goes well");
    world.network().calm();
  }

  private void interruptOne() {
    List<Worker> waiting = world.workers().stream().filter(Worker::isWaiting).toList();
    if (!waiting.isEmpty() && random.nextInt(5) == 0) {
      waiting.get(random.nextInt(waiting.size())).interrupt();
    }
  }
}
