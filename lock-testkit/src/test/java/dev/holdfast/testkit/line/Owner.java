package dev.holdfast.testkit.line;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldLocks;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/** Holds locks for a while, and is done with them in one of many ways. Used by one thread. */
final class Owner {
  private static final Duration SERVED_HOLD = Duration.ofMillis(20);
  private static final int WINDOW_SECONDS_MAX = 2;

  private final World world;
  private final Worker worker;
  private final Random random;
  private final Habits habits;

  Owner(World world, Worker worker, Random random, Habits habits) {
    this.world = world;
    this.worker = worker;
    this.random = random;
    this.habits = habits;
  }

  void holds(HeldLock lock, Duration lease) throws InterruptedException {
    granted(lock);
    passes(habits.hold(random, lease));
    if (random.nextInt(5) == 0) {
      tries(lock, () -> renewed(lock));
      passes(habits.hold(random, lease));
    }
    world.look();
    ends(lock);
  }

  private void granted(HeldLock lock) {
    world.judge().granted(lock.name(), worker.wish().label(), lock::isHeld);
    world.tally().countHold();
    if (random.nextBoolean() && lock.isHeld()) {
      world.judge().checkToken(lock.name(), lock.fencingToken().value());
    }
  }

  private void passes(Duration duration) throws InterruptedException {
    worker.time().sleep(duration);
    world.look();
  }

  private static Event renewed(HeldLock lock) {
    lock.renew();
    return Event.RENEWED;
  }

  private void ends(HeldLock lock) {
    if (habits.isOdd(random)) {
      switch (random.nextInt(4)) {
        case 0 -> tries(lock, () -> completed(lock));
        default -> count(Event.NEVER_RELEASED);
      }
    } else if (random.nextInt(3) == 0) {
      tries(lock, () -> event(lock.release()));
    } else {
      lock.close();
      count(Event.CLOSED);
      Judge.require(!lock.isHeld(), "closed, and still believed in", lock.name());
    }
  }

  private Event completed(HeldLock lock) {
    lock.complete(Duration.ofSeconds(1 + random.nextInt(WINDOW_SECONDS_MAX)));
    return Event.COMPLETED;
  }

  private static Event event(ReleaseOutcome outcome) {
    return switch (outcome) {
      case RELEASED -> Event.RELEASED;
      case COMPLETED -> Event.COMPLETED;
      case LATE -> Event.RELEASED_LATE;
      case UNKNOWN -> Event.RELEASE_UNKNOWN;
    };
  }

  private void tries(HeldLock lock, Supplier<Event> call) {
    try {
      count(call.get());
    } catch (LockException e) {
      Event event = Failures.event(e);
      count(event);
      boolean over = event != Event.LOST || !lock.isHeld();
      Judge.require(over, "lost, and still believed in", lock.name());
    }
  }

  private void count(Event event) {
    world.tell(() -> worker + " = " + event);
    world.tally().count(event);
  }

  void holds(HeldLocks locks) throws InterruptedException {
    String label = worker.wish().label();
    for (String name : locks.names()) {
      world.judge().granted(name, label, () -> !locks.lease(name).remaining().isZero());
      world.tally().countHold();
    }
    passes(Habits.micros(random, habits.holdMillis()));
    locks.close();
  }

  /** What is done last is done in peace. */
  void isServed(HeldLock lock) throws InterruptedException {
    granted(lock);
    passes(SERVED_HOLD);
    Judge.require(lock.isHeld(), "lost in peace", worker);
    ReleaseOutcome outcome = lock.release();
    Judge.require(outcome == ReleaseOutcome.RELEASED, "released in peace", outcome);
  }
}
