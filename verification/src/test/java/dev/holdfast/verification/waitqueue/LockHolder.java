package dev.holdfast.verification.waitqueue;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.verification.support.Invariant;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/** Holds locks and ends the holds in different ways. Used by one thread. */
final class LockHolder {
  private static final Duration FINAL_HOLD = Duration.ofMillis(20);
  private static final int MAX_RETENTION_SECONDS = 2;

  private final World world;
  private final Worker worker;
  private final Random random;
  private final Workload workload;

  LockHolder(World world, Worker worker, Random random, Workload workload) {
    this.world = world;
    this.worker = worker;
    this.random = random;
    this.workload = workload;
  }

  void hold(HeldLock lock, Duration leaseDuration) throws InterruptedException {
    recordAcquired(lock);
    pause(workload.randomHoldTime(random, leaseDuration));
    if (random.nextInt(5) == 0) {
      attempt(lock, () -> renew(lock));
      pause(workload.randomHoldTime(random, leaseDuration));
    }
    world.checkInvariants();
    end(lock);
  }

  private void recordAcquired(HeldLock lock) {
    world.safetyChecker().recordAcquired(lock.name(), worker.acquireCall().label(), lock::isHeld);
    world.statistics().countHold();
    if (random.nextBoolean() && lock.isHeld()) {
      world.safetyChecker().checkToken(lock.name(), lock.fencingToken().value());
    }
  }

  private void pause(Duration duration) throws InterruptedException {
    worker.timeSource().sleep(duration);
    world.checkInvariants();
  }

  private static Event renew(HeldLock lock) {
    lock.renew();
    return Event.RENEWED;
  }

  private void end(HeldLock lock) {
    if (workload.isIrregularHold(random)) {
      switch (random.nextInt(4)) {
        case 0 -> attempt(lock, () -> complete(lock));
        default -> count(Event.NEVER_RELEASED);
      }
    } else if (random.nextInt(3) == 0) {
      attempt(lock, () -> eventFor(lock.release()));
    } else {
      lock.close();
      count(Event.CLOSED);
      Invariant.require(!lock.isHeld(), "closed, but still held", lock.name());
    }
  }

  private Event complete(HeldLock lock) {
    lock.complete(Duration.ofSeconds(1 + random.nextInt(MAX_RETENTION_SECONDS)));
    return Event.COMPLETED;
  }

  private static Event eventFor(ReleaseOutcome outcome) {
    return switch (outcome) {
      case RELEASED -> Event.RELEASED;
      case COMPLETED -> Event.COMPLETED;
      case LOCK_LOST -> Event.RELEASED_AFTER_LOSS;
      case UNKNOWN -> Event.RELEASE_UNKNOWN;
    };
  }

  private void attempt(HeldLock lock, Supplier<Event> operation) {
    try {
      count(operation.get());
    } catch (LockException e) {
      Event event = ExpectedExceptions.eventFor(e);
      count(event);
      boolean notHeldIfLost = event != Event.LOST || !lock.isHeld();
      Invariant.require(notHeldIfLost, "lost, but still held", lock.name());
    }
  }

  private void count(Event event) {
    world.log(() -> worker + " = " + event);
    world.statistics().count(event);
  }

  void hold(HeldMultiLock multiLock) throws InterruptedException {
    String label = worker.acquireCall().label();
    for (String name : multiLock.names()) {
      world
          .safetyChecker()
          .recordAcquired(name, label, () -> !multiLock.lease(name).remaining().isZero());
      world.statistics().countHold();
    }
    pause(Workload.randomMicros(random, workload.maxHoldMillis()));
    multiLock.close();
  }

  /** Holds and releases a lock after all faults have stopped. */
  void holdAfterFaults(HeldLock lock) throws InterruptedException {
    recordAcquired(lock);
    pause(FINAL_HOLD);
    Invariant.require(lock.isHeld(), "lost without faults", worker);
    ReleaseOutcome outcome = lock.release();
    Invariant.require(
        outcome == ReleaseOutcome.RELEASED, "unexpected release outcome without faults", outcome);
  }
}
