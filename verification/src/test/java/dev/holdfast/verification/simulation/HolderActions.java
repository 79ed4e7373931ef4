package dev.holdfast.verification.simulation;

import dev.holdfast.lock.LockLoss;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.verification.support.Invariant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Actions of owners on their locks, whatever the state of the locks. Some locks are never used
 * again.
 */
final class HolderActions {
  private static final long MIN_LEASE_MILLIS = 1_000;
  private static final int LEASE_MILLIS_RANGE = 9_000;
  private static final long MIN_RETENTION_MILLIS = 1_000;
  private static final int RETENTION_MILLIS_RANGE = 4_000;
  private static final int RECENT_COUNT = 4;

  private final Random random;
  private final CallRunner callRunner;
  private final FencedCounter fencedCounter;

  HolderActions(Random random, CallRunner callRunner, FencedCounter fencedCounter) {
    this.random = random;
    this.callRunner = callRunner;
    this.fencedCounter = fencedCounter;
  }

  /** Returns one of the latest holds that are not closed and have no call in progress. */
  private Optional<TrackedLock> randomLock() {
    List<TrackedLock> open =
        callRunner.checker().trackedLocks().stream()
            .filter(trackedLock -> !trackedLock.ended())
            .toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    int offset = 1 + random.nextInt(Math.min(RECENT_COUNT, open.size()));
    return Optional.of(open.get(open.size() - offset)).filter(trackedLock -> !trackedLock.inUse());
  }

  void useRandomLock() {
    randomLock()
        .ifPresent(trackedLock -> callRunner.run(trackedLock, () -> useRandomLock(trackedLock)));
  }

  private void useRandomLock(TrackedLock trackedLock) {
    switch (random.nextInt(11)) {
      case 0, 1, 2 -> renew(trackedLock);
      case 3, 4 -> release(trackedLock);
      case 5 -> complete(trackedLock);
      case 6 -> close(trackedLock);
      case 7 -> keepAlive(trackedLock);
      case 8, 9 -> fencedCounter.advanceOrWrite(trackedLock);
      default -> trackedLock.readToken();
    }
  }

  private void renew(TrackedLock trackedLock) {
    long millis = MIN_LEASE_MILLIS + random.nextInt(LEASE_MILLIS_RANGE);
    trackedLock.lock().renew(Duration.ofMillis(millis));
    callRunner.checker().checkRenewed(trackedLock, millis);
    callRunner.statistics().count(Event.RENEWED);
  }

  private void keepAlive(TrackedLock trackedLock) {
    try {
      trackedLock.lock().keepAlive(loss -> onLoss(trackedLock, loss));
      callRunner.statistics().count(Event.KEEP_ALIVE_STARTED);
    } catch (IllegalStateException e) {
      callRunner.statistics().count(Event.KEEP_ALIVE_ALREADY_STARTED);
    }
  }

  private void onLoss(TrackedLock trackedLock, LockLoss loss) {
    boolean held = !loss.remaining().isZero();
    Invariant.require(
        held || !trackedLock.lock().isHeld(), "lost, but still held", trackedLock.holder());
    callRunner.statistics().count(Event.LOSS_NOTIFIED);
  }

  private void release(TrackedLock trackedLock) {
    int interleavedBefore = callRunner.network().interleavedCount();
    ReleaseOutcome outcome = trackedLock.lock().release();
    Invariant.require(!trackedLock.lock().isHeld(), "still held after", outcome);
    if (callRunner.network().interleavedCount() == interleavedBefore) {
      callRunner.checker().checkReleased(trackedLock, outcome);
    }
    callRunner
        .statistics()
        .count(
            switch (outcome) {
              case RELEASED -> Event.RELEASED;
              case COMPLETED ->
                  throw new AssertionError("release returned COMPLETED, but nothing was completed");
              case LOCK_LOST -> Event.RELEASED_AFTER_LOSS;
              case UNKNOWN -> Event.RELEASE_UNKNOWN;
            });
  }

  private void complete(TrackedLock trackedLock) {
    long millis = MIN_RETENTION_MILLIS + random.nextInt(RETENTION_MILLIS_RANGE);
    int interleavedBefore = callRunner.network().interleavedCount();
    long requestedAtMicros = callRunner.checker().trueMicros();
    trackedLock.lock().complete(Duration.ofMillis(millis));
    trackedLock.recordCompleted(callRunner.checker().completedUntil(requestedAtMicros, millis));
    callRunner.statistics().count(Event.COMPLETED);
    if (callRunner.network().interleavedCount() == interleavedBefore) {
      callRunner.checker().checkCompleted(trackedLock);
    }
  }

  private static void close(TrackedLock trackedLock) {
    trackedLock.lock().close();
    Invariant.require(!trackedLock.lock().isHeld(), "closed, but still held", trackedLock.holder());
  }

  /** Transfers one of the locks; empty if the lock cannot be transferred. */
  Optional<String> transfer() {
    return randomLock().flatMap(this::transfer);
  }

  private Optional<String> transfer(TrackedLock trackedLock) {
    String[] transfer = new String[1];
    callRunner.run(trackedLock, () -> transfer[0] = trackedLock.lock().transfer());
    return Optional.ofNullable(transfer[0]);
  }
}
