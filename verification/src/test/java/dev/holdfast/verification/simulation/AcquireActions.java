package dev.holdfast.verification.simulation;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.TransferRefusedException;
import dev.holdfast.testkit.ManualClock;
import dev.holdfast.verification.support.Invariant;
import java.time.Duration;
import java.util.Random;

/** Actions by which hosts acquire the lock: attempts, waits, interrupts, and resumed transfers. */
final class AcquireActions {
  private static final long MIN_LEASE_MILLIS = 1_000;
  private static final int LEASE_MILLIS_RANGE = 9_000;
  private static final int MAX_WAIT_MILLIS = 5_000;
  private static final int WAITS_PER_INTERRUPT = 3;
  private static final Duration FINAL_MAX_WAIT = Duration.ofSeconds(25);

  private final Random random;
  private final CallRunner callRunner;
  private final ManualClock trueTime;
  private final String name;
  private int requestCount;
  private boolean waiting;

  AcquireActions(Random random, CallRunner callRunner, ManualClock trueTime, String name) {
    this.random = random;
    this.callRunner = callRunner;
    this.trueTime = trueTime;
    this.name = name;
  }

  void tryAcquire(Host host) {
    LockRequest request = newRequest(host);
    callRunner.run(host, () -> tryAcquire(host, request));
  }

  private void tryAcquire(Host host, LockRequest request) {
    TableRow rowBefore = callRunner.checker().row();
    int interleavedBefore = callRunner.network().interleavedCount();
    long requestedAt = callRunner.checker().recordRequest();
    long skewBefore = host.clock().skewNanos();
    long startNanos = trueTime.monotonicNanos();
    Acquisition acquisition = host.lockClient().tryAcquire(request);
    if (callRunner.network().interleavedCount() == interleavedBefore) {
      if (acquisition instanceof Acquisition.Acquired) {
        Duration elapsed = Duration.ofNanos(trueTime.monotonicNanos() - startNanos);
        callRunner.checker().clockSkewChecker().checkSkewOfAcquirer(host, skewBefore, elapsed);
      }
      callRunner
          .checker()
          .checkAcquisition(acquisition, host.clock().wallTime(), holderOf(request));
      countTakeover(rowBefore, host, acquisition);
    }
    count(
        acquisition.fold(
            lock ->
                recordAcquired(
                    new TrackedLock(lock, host, holderOf(request), newTimeline(requestedAt)),
                    Event.ACQUIRED),
            busy -> Event.BUSY,
            completed -> Event.ALREADY_COMPLETED));
  }

  private void countTakeover(TableRow rowBefore, Host host, Acquisition acquisition) {
    if (rowBefore.hasState("HELD") && acquisition instanceof Acquisition.Acquired) {
      boolean expired = rowBefore.number("expires_at") <= host.clock().wallTime().toEpochMilli();
      count(expired ? Event.TAKEN_OVER_AFTER_EXPIRY : Event.TAKEN_OVER_BEFORE_EXPIRY);
    }
  }

  private LockRequest newRequest(Host host) {
    host.clock().thaw();
    Duration leaseDuration =
        Duration.ofMillis(MIN_LEASE_MILLIS + random.nextInt(LEASE_MILLIS_RANGE));
    return LockRequest.of(name).leaseDuration(leaseDuration).holder(nextHolder(host));
  }

  private String nextHolder(Host host) {
    return host.label() + " #" + ++requestCount;
  }

  private static String holderOf(LockRequest request) {
    return String.valueOf(request.holder());
  }

  private HoldTimeline newTimeline(long requestedAt) {
    return callRunner.checker().newTimeline(requestedAt);
  }

  private Event recordAcquired(TrackedLock trackedLock, Event event) {
    if (!trackedLock.ended()) {
      callRunner.checker().recordAcquired(trackedLock);
      if (random.nextBoolean()) {
        trackedLock.readToken();
      }
    }
    return event;
  }

  private void count(Event event) {
    callRunner.statistics().count(event);
  }

  void acquire(Host host) {
    LockRequest request =
        newRequest(host).maxWait(Duration.ofMillis(random.nextInt(MAX_WAIT_MILLIS)));
    if (random.nextInt(WAITS_PER_INTERRUPT) == 0) {
      trueTime.runAfter(
          Duration.ofMillis(random.nextInt(MAX_WAIT_MILLIS)), this::interruptIfWaiting);
    }
    waiting = true;
    callRunner.run(host, () -> acquire(host, request));
    waiting = false;
    Thread.interrupted();
  }

  private void interruptIfWaiting() {
    if (waiting) {
      Thread.currentThread().interrupt();
    }
  }

  private void acquire(Host host, LockRequest request) {
    try {
      long requestedAt = callRunner.checker().recordRequest();
      HeldLock lock = host.lockClient().acquire(request);
      count(
          recordAcquired(
              new TrackedLock(lock, host, holderOf(request), newTimeline(requestedAt)),
              Event.ACQUIRED_AFTER_WAIT));
    } catch (LockUnavailableException e) {
      count(Event.UNAVAILABLE);
    } catch (AlreadyCompletedException e) {
      count(Event.ALREADY_COMPLETED);
    } catch (InterruptedException e) {
      count(Event.INTERRUPTED);
    }
  }

  /** Resumes a transfer, which is valid for one receiver and as long as the row is unchanged. */
  void resume(Host host, String transfer, TableRow rowAtTransfer) {
    host.clock().thaw();
    String holder = nextHolder(host);
    int interleavedBefore = callRunner.network().interleavedCount();
    boolean unchanged = callRunner.checker().row().equals(rowAtTransfer);
    callRunner.run(
        host,
        () -> {
          try {
            long requestedAt = callRunner.checker().recordRequest();
            HeldLock lock = host.lockClient().withHolder(holder).resume(transfer);
            count(
                recordAcquired(
                    new TrackedLock(lock, host, holder, newTimeline(requestedAt)), Event.RESUMED));
          } catch (TransferRefusedException e) {
            boolean undisturbed = callRunner.network().interleavedCount() == interleavedBefore;
            boolean alreadyUsed = e.reason() == TransferRefusedException.Reason.ALREADY_USED;
            Invariant.require(
                !(undisturbed && unchanged && alreadyUsed), "valid transfer refused", holder);
            throw e;
          }
        });
  }

  /** Acquires the lock after all faults have stopped, which must succeed in time. */
  void acquireAfterFaults(Host host) {
    long startNanos = trueTime.monotonicNanos();
    try (HeldLock lock = host.lockClient().acquire(newRequest(host).maxWait(FINAL_MAX_WAIT))) {
      Duration elapsed = Duration.ofNanos(trueTime.monotonicNanos() - startNanos);
      Invariant.require(
          lock.isHeld(), "acquired after the faults ended, but not held", host.label());
      Invariant.require(
          elapsed.compareTo(FINAL_MAX_WAIT) <= 0,
          "acquired too late after the faults ended",
          host.label() + elapsed);
      count(Event.ACQUIRED_AFTER_FAULTS);
    } catch (LockUnavailableException | AlreadyCompletedException | InterruptedException e) {
      throw new AssertionError("not acquired after the faults ended: " + host.label(), e);
    }
  }
}
