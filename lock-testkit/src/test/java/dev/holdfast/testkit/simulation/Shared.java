package dev.holdfast.testkit.simulation;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldLocks;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What hosts have besides the one name: a pool of two permits, and two names at once. */
final class Shared {
  private static final int PERMITS = 2;
  private static final String POOL = "pool";
  private static final String LEFT = "left";
  private static final String RIGHT = "right";
  private static final long LEASE_MILLIS_MIN = 1_000;
  private static final int LEASE_MILLIS_MORE = 9_000;
  private static final int WAIT_MILLIS_MAX = 2_000;
  private static final int LATEST = 4;

  private final Worlds kind;
  private final Random random;
  private final Calls calls;
  private final Believers pool = new Believers(PERMITS, "more holders than permits");
  private final Believers left = new Believers(1, "two holders of a name in a set");
  private final Believers right = new Believers(1, "two holders of a name in a set");
  private final List<Hold> holds = new ArrayList<>();

  Shared(Worlds kind, Random random, Calls calls) {
    this.kind = kind;
    this.random = random;
    this.calls = calls;
  }

  /** Somebody takes one of the permits, or both names, or does something with what it has. */
  void use(Host host) {
    switch (random.nextInt(6)) {
      case 0, 1 -> calls.make(host, () -> takesPermit(host));
      case 2 -> calls.make(host, () -> takesBoth(host));
      case 3 -> calls.make(host, () -> takesOne(host));
      default -> calls.make(this::usesHold);
    }
  }

  /** Where clocks run wild, holders are not judged. */
  void check() {
    if (kind.keepsClocks()) {
      pool.check();
      left.check();
      right.check();
    }
  }

  private Duration lease() {
    return Duration.ofMillis(LEASE_MILLIS_MIN + random.nextInt(LEASE_MILLIS_MORE));
  }

  private void takesPermit(Host host) {
    host.clock().thaw();
    LockRequest request = LockRequest.of(POOL).permits(PERMITS).lease(lease()).holder(host.label());
    count(
        host.locks()
            .tryAcquire(request)
            .fold(
                lock -> granted(host, lock, pool, Event.PERMIT_GRANTED),
                busy -> Event.PERMITS_BUSY,
                done -> {
                  throw new AssertionError("a permit was done: " + done);
                }));
  }

  private Event granted(Host host, HeldLock lock, Believers believers, Event event) {
    believers.add(host, lock::isHeld);
    add(Hold.of(host, lock));
    check();
    return event;
  }

  private void takesOne(Host host) {
    host.clock().thaw();
    LockRequest request = LockRequest.of(LEFT).lease(lease()).holder(host.label());
    count(
        host.locks()
            .tryAcquire(request)
            .fold(
                lock -> granted(host, lock, left, Event.ONE_OF_SET_GRANTED),
                busy -> Event.ONE_OF_SET_BUSY,
                done -> {
                  throw new AssertionError("done, and nobody did it: " + done);
                }));
  }

  private void takesBoth(Host host) {
    host.clock().thaw();
    Duration wait = Duration.ofMillis(random.nextInt(WAIT_MILLIS_MAX));
    try {
      LockSet set = LockSet.of(LEFT, RIGHT).lease(lease()).waitUpTo(wait);
      both(host, host.locks().withHolder(host.label()).acquireAll(set));
      count(Event.SET_GRANTED);
    } catch (LockException e) {
      count(Event.SET_REFUSED);
      check();
    } catch (InterruptedException e) {
      count(Event.SET_REFUSED);
      Thread.currentThread().interrupt(); // meant for whoever waits around this
    }
  }

  private void both(Host host, HeldLocks locks) {
    left.add(host, () -> locks.lease(LEFT).isHeld());
    right.add(host, () -> locks.lease(RIGHT).isHeld());
    add(Hold.of(host, locks));
    boolean both = locks.lease(LEFT).isHeld() && locks.lease(RIGHT).isHeld();
    Judge.require(both == locks.isHeld(), "a set is held where each of it is", host.label());
    check();
  }

  private void add(Hold hold) {
    holds.add(hold);
  }

  private void usesHold() {
    List<Hold> free = holds.subList(Math.max(0, holds.size() - LATEST), holds.size());
    List<Hold> usable = free.stream().filter(Hold::isFree).toList();
    if (!usable.isEmpty()) {
      usable.get(random.nextInt(usable.size())).use(random);
    }
  }

  private void count(Event event) {
    calls.tally().count(event);
  }
}
