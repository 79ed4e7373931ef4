package dev.holdfast.testkit.line;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.AlreadyDoneException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldLocks;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockSet;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.Locks;
import dev.holdfast.testkit.line.Wish.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Asks for locks in each way that there is, and judges what it is told. Used by one thread. */
final class Asker {
  private static final Duration ATTEMPT_MIN = Duration.ofMillis(500);
  private static final Duration A_CALL = Duration.ofSeconds(2);
  private static final Duration LEASE_MAX = Duration.ofSeconds(4);
  private static final int ATTEMPTS_AFTER_THE_BOUND = 3;
  private static final int ATTEMPTS_OF_A_BODY = 2;

  /** A call that ends something is made to its end, and may be the last that was to be done. */
  private static final Set<Event> MAY_BE_KEPT = Set.of(Event.INTERRUPTED_WHILE_IT_GAVE_BACK);

  private static final Duration AFTER_A_COMPLETION = Duration.ofSeconds(1);

  /** For what is left of leases and windows, then one last hold and a final one of each thread. */
  private static final Duration SERVED_MAX = Duration.ofSeconds(40);

  private final World world;
  private final Worker worker;
  private final Random random;
  private final Habits habits;
  private final Owner owner;

  Asker(World world, Worker worker, Random random, Habits habits) {
    this.world = world;
    this.worker = worker;
    this.random = random;
    this.habits = habits;
    this.owner = new Owner(world, worker, random, habits);
  }

  private void count(Event event) {
    world.tell(() -> worker + " = " + event);
    world.tally().count(event);
  }

  /** Wants something, in some way. */
  void asks() throws InterruptedException {
    String name = habits.names().get(random.nextInt(habits.names().size()));
    Duration lease = habits.lease(random);
    int way = random.nextInt(10);
    if (way == 0) {
      beside(LockRequest.of(name).lease(lease));
    } else if (way == 1 && habits.names().size() > 1) {
      together(lease, habits.waiting(random));
    } else {
      Duration wait = habits.waiting(random);
      Optional<HeldLock> lock = inLine(LockRequest.of(name).lease(lease).waitUpTo(wait), wait);
      if (lock.isPresent()) {
        owner.holds(lock.get(), lease);
      }
    }
  }

  private Locks locks(Wish wish) {
    return worker.host().locks().withHolder(wish.label());
  }

  private void beside(LockRequest request) throws InterruptedException {
    Wish wish = worker.begins(Kind.BESIDE_THE_LINE, Duration.ZERO);
    Optional<HeldLock> lock = Optional.empty();
    try {
      Acquisition answer = locks(wish).tryAcquire(request);
      if (answer instanceof Acquisition.Acquired acquired) {
        count(Event.GRANTED_BESIDE_THE_LINE);
        lock = Optional.of(acquired.lock());
      } else if (answer instanceof Acquisition.Busy busy) {
        count(Event.BUSY_BESIDE_THE_LINE);
        String holder = busy.holder().description();
        world.judge().checkBusy(wish, request.name(), holder, wish.sinceNanos());
      } else {
        count(Event.DONE);
        world.judge().checkDone(wish, request.name());
      }
    } catch (LockException e) {
      count(Failures.event(e));
    } finally {
      worker.ends();
    }
    if (lock.isPresent()) {
      owner.holds(lock.get(), LEASE_MAX);
    }
  }

  private Optional<HeldLock> inLine(LockRequest request, Duration wait)
      throws InterruptedException {
    Wish wish = worker.begins(Kind.IN_LINE, wait);
    world.tell(() -> worker + " wants " + request.name() + " within " + wait);
    try {
      HeldLock lock = locks(wish).acquire(request);
      count(how(wish));
      return Optional.of(lock);
    } catch (InterruptedException e) {
      interrupted(wish, request);
    } catch (LockUnavailableException e) {
      unavailable(wish, request.name(), e);
    } catch (AlreadyDoneException e) {
      count(Event.DONE);
      world.judge().checkDone(wish, request.name());
    } catch (LockException e) {
      count(Failures.event(e));
    } finally {
      comesBack(wish, request);
    }
    return Optional.empty();
  }

  private static Event how(Wish wish) {
    if (wish.askedOutOfTurn()) {
      return Event.GRANTED_OUT_OF_TURN_AT_ITS_BOUND;
    }
    if (wish.askedAtTheEnd() && wish.asked() == 1) {
      return Event.GRANTED_BY_HAND_OVER;
    }
    return wish.asked() == 1 ? Event.GRANTED_AT_ONCE : Event.GRANTED_BY_POLLING;
  }

  private void unavailable(Wish wish, String name, LockUnavailableException e) {
    count(wish.asked() == 0 ? Event.GAVE_UP_IN_LINE : Event.GAVE_UP_POLLING);
    Judge.require(worker.nanos() >= wish.boundNanos(), "gave up early", wish.label());
    long since = worker.host().queue(name).knownSinceNanos(wish) - A_CALL.toNanos();
    world.judge().checkBusy(wish, name, e.holder().description(), since);
  }

  private void interrupted(Wish wish, LockRequest request) {
    wish.heedsInterrupt();
    long late = worker.nanos() - worker.interruptedNanos() - attempt(request).toNanos();
    Judge.require(late <= 0, "waited on after an interrupt", wish.label());
  }

  /** One attempt of a call. */
  private static Duration attempt(LockRequest request) {
    Duration quarter = request.lease() == null ? LEASE_MAX : request.lease().dividedBy(4);
    return quarter.compareTo(ATTEMPT_MIN) < 0 ? ATTEMPT_MIN : quarter;
  }

  private void comesBack(Wish wish, LockRequest request) {
    Optional<Event> interruption = worker.ends();
    interruption.ifPresent(this::count);
    boolean heeds = wish.heededInterrupt();
    Judge.require(!heeds || interruption.isPresent(), "interrupted by nobody", wish.label());
    boolean may = interruption.map(MAY_BE_KEPT::contains).orElse(true);
    Judge.require(heeds || may, "an interrupt was not heeded", wish.label());
    long bound = wish.boundNanos();
    int attempts = ATTEMPTS_AFTER_THE_BOUND + ATTEMPTS_OF_A_BODY * wish.furtherAfterBound();
    long latest = bound + attempt(request).multipliedBy(attempts).toNanos();
    Judge.require(worker.nanos() <= latest, "waited beyond its bound", wish.label());
  }

  private void together(Duration lease, Duration wait) throws InterruptedException {
    Wish wish = worker.begins(Kind.AS_A_SET, wait);
    Optional<HeldLocks> locks = Optional.empty();
    try {
      LockSet set = LockSet.of(habits.names()).lease(lease).waitUpTo(wait);
      locks = Optional.of(locks(wish).acquireAll(set));
      count(Event.SET_GRANTED);
    } catch (InterruptedException | LockException e) {
      count(Event.SET_NOT_GRANTED);
    } finally {
      worker.ends().ifPresent(this::count);
    }
    if (locks.isPresent()) {
      owner.holds(locks.get());
    }
  }

  /** Once all goes well everybody is served, whatever happened before. */
  void isServed() throws InterruptedException {
    long begin = worker.nanos();
    Optional<HeldLock> lock = Optional.empty();
    while (lock.isEmpty()) {
      LockRequest request = LockRequest.of(habits.names().get(0)).waitUpTo(SERVED_MAX);
      lock = inLine(request.lease(LEASE_MAX), SERVED_MAX);
      long waited = worker.nanos() - begin;
      Judge.require(waited <= SERVED_MAX.toNanos(), "not served", worker);
      if (lock.isEmpty()) {
        worker.time().sleep(AFTER_A_COMPLETION);
      }
    }
    count(Event.SERVED_AFTER_THE_FAULTS);
    owner.isServed(lock.get());
  }
}
