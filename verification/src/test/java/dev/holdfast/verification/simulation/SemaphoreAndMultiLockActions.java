package dev.holdfast.verification.simulation;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.verification.support.Invariant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Actions on a semaphore of two permits and on a multi-lock of two names. */
final class SemaphoreAndMultiLockActions {
  private static final int PERMITS = 2;
  private static final String SEMAPHORE = "pool";
  private static final String LEFT = "left";
  private static final String RIGHT = "right";
  private static final long MIN_LEASE_MILLIS = 1_000;
  private static final int LEASE_MILLIS_RANGE = 9_000;
  private static final int MAX_WAIT_MILLIS = 2_000;
  private static final int RECENT_COUNT = 4;

  private final WorldKind worldKind;
  private final Random random;
  private final CallRunner callRunner;
  private final HolderLimitChecker permitHolders =
      new HolderLimitChecker(PERMITS, "more holders than permits");
  private final HolderLimitChecker leftHolders =
      new HolderLimitChecker(1, "two holders of a member of a multi-lock");
  private final HolderLimitChecker rightHolders =
      new HolderLimitChecker(1, "two holders of a member of a multi-lock");
  private final List<TrackedHold> trackedHolds = new ArrayList<>();

  SemaphoreAndMultiLockActions(WorldKind worldKind, Random random, CallRunner callRunner) {
    this.worldKind = worldKind;
    this.random = random;
    this.callRunner = callRunner;
  }

  /** Acquires a permit or both names, or uses one of the acquired holds. */
  void runRandomAction(Host host) {
    switch (random.nextInt(6)) {
      case 0, 1 -> callRunner.run(host, () -> acquirePermit(host));
      case 2 -> callRunner.run(host, () -> acquireMultiLock(host));
      case 3 -> callRunner.run(host, () -> acquireOne(host));
      default -> callRunner.run(this::useRandomHold);
    }
  }

  /** Checks the numbers of holders in worlds with valid clocks. */
  void checkHolderLimits() {
    if (worldKind.hasValidClocks()) {
      permitHolders.check();
      leftHolders.check();
      rightHolders.check();
    }
  }

  private Duration randomLeaseDuration() {
    return Duration.ofMillis(MIN_LEASE_MILLIS + random.nextInt(LEASE_MILLIS_RANGE));
  }

  private void acquirePermit(Host host) {
    host.clock().thaw();
    LockRequest request =
        LockRequest.of(SEMAPHORE)
            .permits(PERMITS)
            .leaseDuration(randomLeaseDuration())
            .holder(host.label());
    count(
        host.lockClient()
            .tryAcquire(request)
            .fold(
                lock -> recordAcquired(host, lock, permitHolders, Event.PERMIT_ACQUIRED),
                busy -> Event.PERMITS_BUSY,
                completed -> {
                  throw new AssertionError("a permit was reported as completed: " + completed);
                }));
  }

  private Event recordAcquired(
      Host host, HeldLock lock, HolderLimitChecker limitChecker, Event event) {
    limitChecker.add(host, lock::isHeld);
    add(TrackedHold.of(host, lock));
    checkHolderLimits();
    return event;
  }

  private void acquireOne(Host host) {
    host.clock().thaw();
    LockRequest request =
        LockRequest.of(LEFT).leaseDuration(randomLeaseDuration()).holder(host.label());
    count(
        host.lockClient()
            .tryAcquire(request)
            .fold(
                lock -> recordAcquired(host, lock, leftHolders, Event.MULTI_LOCK_MEMBER_ACQUIRED),
                busy -> Event.MULTI_LOCK_MEMBER_BUSY,
                completed -> {
                  throw new AssertionError(
                      "reported as completed, but not completed: " + completed);
                }));
  }

  private void acquireMultiLock(Host host) {
    host.clock().thaw();
    Duration maxWait = Duration.ofMillis(random.nextInt(MAX_WAIT_MILLIS));
    try {
      MultiLockRequest request =
          MultiLockRequest.of(LEFT, RIGHT).leaseDuration(randomLeaseDuration()).maxWait(maxWait);
      recordMultiLock(host, host.lockClient().withHolder(host.label()).acquireAll(request));
      count(Event.MULTI_LOCK_ACQUIRED);
    } catch (LockException e) {
      count(Event.MULTI_LOCK_NOT_ACQUIRED);
      checkHolderLimits();
    } catch (InterruptedException e) {
      count(Event.MULTI_LOCK_NOT_ACQUIRED);
      Thread.currentThread().interrupt(); // for the caller that waits
    }
  }

  private void recordMultiLock(Host host, HeldMultiLock multiLock) {
    leftHolders.add(host, () -> multiLock.lease(LEFT).isHeld());
    rightHolders.add(host, () -> multiLock.lease(RIGHT).isHeld());
    add(TrackedHold.of(host, multiLock));
    boolean bothHeld = multiLock.lease(LEFT).isHeld() && multiLock.lease(RIGHT).isHeld();
    Invariant.require(
        bothHeld == multiLock.isHeld(),
        "multi-lock and its members disagree on isHeld",
        host.label());
    checkHolderLimits();
  }

  private void add(TrackedHold hold) {
    trackedHolds.add(hold);
  }

  private void useRandomHold() {
    List<TrackedHold> recent =
        trackedHolds.subList(Math.max(0, trackedHolds.size() - RECENT_COUNT), trackedHolds.size());
    List<TrackedHold> usable = recent.stream().filter(TrackedHold::isUsable).toList();
    if (!usable.isEmpty()) {
      usable.get(random.nextInt(usable.size())).renewOrRelease(random);
    }
  }

  private void count(Event event) {
    callRunner.statistics().count(event);
  }
}
