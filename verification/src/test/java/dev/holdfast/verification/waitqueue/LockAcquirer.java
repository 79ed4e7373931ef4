package dev.holdfast.verification.waitqueue;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.LockUnavailableException;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.verification.support.Invariant;
import dev.holdfast.verification.waitqueue.AcquireCall.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Acquires locks in every form and checks the outcomes. Used by one thread. */
final class LockAcquirer {
  private static final Duration MIN_ATTEMPT_TIMEOUT = Duration.ofMillis(500);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration MAX_LEASE_DURATION = Duration.ofSeconds(4);
  private static final int ATTEMPTS_AFTER_MAX_WAIT = 3;
  private static final int ATTEMPTS_PER_REQUEST_BODY = 2;

  /**
   * The interrupts that may have no effect. A call that ends a hold is completed, and may be the
   * last call of the round.
   */
  private static final Set<Event> MAY_BE_IGNORED = Set.of(Event.INTERRUPTED_DURING_RELEASE);

  private static final Duration PAUSE_AFTER_COMPLETION = Duration.ofSeconds(1);

  /**
   * The time for remaining leases and retentions, and for a last hold and a final hold of each
   * thread.
   */
  private static final Duration MAX_FINAL_WAIT = Duration.ofSeconds(40);

  private final World world;
  private final Worker worker;
  private final Random random;
  private final Workload workload;
  private final LockHolder lockHolder;

  LockAcquirer(World world, Worker worker, Random random, Workload workload) {
    this.world = world;
    this.worker = worker;
    this.random = random;
    this.workload = workload;
    this.lockHolder = new LockHolder(world, worker, random, workload);
  }

  private void count(Event event) {
    world.log(() -> worker + " = " + event);
    world.statistics().count(event);
  }

  /** Acquires a random lock in a random form. */
  void acquireRandomly() throws InterruptedException {
    String name = workload.names().get(random.nextInt(workload.names().size()));
    Duration leaseDuration = workload.randomLeaseDuration(random);
    int choice = random.nextInt(10);
    if (choice == 0) {
      acquireByBarging(LockRequest.of(name).leaseDuration(leaseDuration));
    } else if (choice == 1 && workload.names().size() > 1) {
      acquireMultiLock(leaseDuration, workload.randomMaxWait(random));
    } else {
      Duration maxWait = workload.randomMaxWait(random);
      Optional<HeldLock> lock =
          acquireQueued(
              LockRequest.of(name).leaseDuration(leaseDuration).maxWait(maxWait), maxWait);
      if (lock.isPresent()) {
        lockHolder.hold(lock.get(), leaseDuration);
      }
    }
  }

  private LockClient lockClientFor(AcquireCall acquireCall) {
    return worker.host().lockClient().withHolder(acquireCall.label());
  }

  private void acquireByBarging(LockRequest request) throws InterruptedException {
    AcquireCall acquireCall = worker.startAcquireCall(Kind.BARGING, Duration.ZERO);
    Optional<HeldLock> lock = Optional.empty();
    try {
      Acquisition acquisition = lockClientFor(acquireCall).tryAcquire(request);
      if (acquisition instanceof Acquisition.Acquired acquired) {
        count(Event.ACQUIRED_BY_BARGING);
        lock = Optional.of(acquired.lock());
      } else if (acquisition instanceof Acquisition.Busy busy) {
        count(Event.BUSY_WHEN_BARGING);
        String holder = busy.holder().description();
        world
            .safetyChecker()
            .checkBusy(acquireCall, request.name(), holder, acquireCall.startNanos());
      } else {
        count(Event.ALREADY_COMPLETED);
        world.safetyChecker().checkCompleted(acquireCall, request.name());
      }
    } catch (LockException e) {
      count(ExpectedExceptions.eventFor(e));
    } finally {
      worker.endAcquireCall();
    }
    if (lock.isPresent()) {
      lockHolder.hold(lock.get(), MAX_LEASE_DURATION);
    }
  }

  private Optional<HeldLock> acquireQueued(LockRequest request, Duration maxWait)
      throws InterruptedException {
    AcquireCall acquireCall = worker.startAcquireCall(Kind.QUEUED, maxWait);
    world.log(() -> worker + " wants " + request.name() + " within " + maxWait);
    try {
      HeldLock lock = lockClientFor(acquireCall).acquire(request);
      count(acquiredEvent(acquireCall));
      return Optional.of(lock);
    } catch (InterruptedException e) {
      checkInterrupted(acquireCall, request);
    } catch (LockUnavailableException e) {
      checkUnavailable(acquireCall, request.name(), e);
    } catch (AlreadyCompletedException e) {
      count(Event.ALREADY_COMPLETED);
      world.safetyChecker().checkCompleted(acquireCall, request.name());
    } catch (LockException e) {
      count(ExpectedExceptions.eventFor(e));
    } finally {
      checkReturn(acquireCall, request);
    }
    return Optional.empty();
  }

  private static Event acquiredEvent(AcquireCall acquireCall) {
    if (acquireCall.wasRequestedOutOfOrder()) {
      return Event.ACQUIRED_OUT_OF_ORDER_AT_MAX_WAIT;
    }
    if (acquireCall.wasRequestedAtHoldEnd() && acquireCall.requestCount() == 1) {
      return Event.ACQUIRED_BY_HANDOFF;
    }
    return acquireCall.requestCount() == 1
        ? Event.ACQUIRED_AT_FIRST_ATTEMPT
        : Event.ACQUIRED_BY_POLLING;
  }

  private void checkUnavailable(AcquireCall acquireCall, String name, LockUnavailableException e) {
    count(acquireCall.requestCount() == 0 ? Event.TIMED_OUT_QUEUED : Event.TIMED_OUT_POLLING);
    Invariant.require(
        worker.nanos() >= acquireCall.deadlineNanos(),
        "timed out before maxWait",
        acquireCall.label());
    long sinceNanos =
        worker.host().queueChecker(name).observedSinceNanos(acquireCall)
            - REQUEST_TIMEOUT.toNanos();
    world.safetyChecker().checkBusy(acquireCall, name, e.holder().description(), sinceNanos);
  }

  private void checkInterrupted(AcquireCall acquireCall, LockRequest request) {
    acquireCall.markInterruptThrown();
    long lateNanos = worker.nanos() - worker.interruptedNanos() - attemptTimeout(request).toNanos();
    Invariant.require(lateNanos <= 0, "waited after an interrupt", acquireCall.label());
  }

  /** Returns the timeout of one attempt. */
  private static Duration attemptTimeout(LockRequest request) {
    Duration quarter =
        request.leaseDuration() == null ? MAX_LEASE_DURATION : request.leaseDuration().dividedBy(4);
    return quarter.compareTo(MIN_ATTEMPT_TIMEOUT) < 0 ? MIN_ATTEMPT_TIMEOUT : quarter;
  }

  private void checkReturn(AcquireCall acquireCall, LockRequest request) {
    Optional<Event> interruption = worker.endAcquireCall();
    interruption.ifPresent(this::count);
    boolean threwInterrupted = acquireCall.hasThrownInterrupt();
    Invariant.require(
        !threwInterrupted || interruption.isPresent(),
        "InterruptedException without an interrupt",
        acquireCall.label());
    boolean mayIgnoreInterrupt = interruption.map(MAY_BE_IGNORED::contains).orElse(true);
    Invariant.require(
        threwInterrupted || mayIgnoreInterrupt, "interrupt ignored", acquireCall.label());
    long deadlineNanos = acquireCall.deadlineNanos();
    int attempts =
        ATTEMPTS_AFTER_MAX_WAIT
            + ATTEMPTS_PER_REQUEST_BODY * acquireCall.extraRequestsAfterDeadline();
    long latestNanos = deadlineNanos + attemptTimeout(request).multipliedBy(attempts).toNanos();
    Invariant.require(
        worker.nanos() <= latestNanos, "waited longer than maxWait", acquireCall.label());
  }

  private void acquireMultiLock(Duration leaseDuration, Duration maxWait)
      throws InterruptedException {
    AcquireCall acquireCall = worker.startAcquireCall(Kind.MULTI_LOCK, maxWait);
    Optional<HeldMultiLock> multiLock = Optional.empty();
    try {
      MultiLockRequest request =
          MultiLockRequest.of(workload.names()).leaseDuration(leaseDuration).maxWait(maxWait);
      multiLock = Optional.of(lockClientFor(acquireCall).acquireAll(request));
      count(Event.MULTI_LOCK_ACQUIRED);
    } catch (InterruptedException | LockException e) {
      count(Event.MULTI_LOCK_NOT_ACQUIRED);
    } finally {
      worker.endAcquireCall().ifPresent(this::count);
    }
    if (multiLock.isPresent()) {
      lockHolder.hold(multiLock.get());
    }
  }

  /** Acquires the lock after all faults have stopped, which must succeed. */
  void acquireAfterFaults() throws InterruptedException {
    long startNanos = worker.nanos();
    Optional<HeldLock> lock = Optional.empty();
    while (lock.isEmpty()) {
      LockRequest request = LockRequest.of(workload.names().get(0)).maxWait(MAX_FINAL_WAIT);
      lock = acquireQueued(request.leaseDuration(MAX_LEASE_DURATION), MAX_FINAL_WAIT);
      long waitedNanos = worker.nanos() - startNanos;
      Invariant.require(
          waitedNanos <= MAX_FINAL_WAIT.toNanos(), "not acquired after the faults ended", worker);
      if (lock.isEmpty()) {
        worker.timeSource().sleep(PAUSE_AFTER_COMPLETION);
      }
    }
    count(Event.ACQUIRED_AFTER_FAULTS);
    lockHolder.holdAfterFaults(lock.get());
  }
}
