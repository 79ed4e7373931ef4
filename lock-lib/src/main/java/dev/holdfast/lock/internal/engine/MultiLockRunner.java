package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.internal.protocol.AcquireSpec;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.MultiLockProtocol;
import dev.holdfast.lock.internal.protocol.MultiLockProtocol.Step;
import dev.holdfast.lock.internal.protocol.RenewalResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Execution of {@link MultiLockProtocol}: acquires several locks. Used by one thread, once. */
final class MultiLockRunner {
  private final LockEngine engine;
  private final RequestDefaults defaults;
  private final MultiLockRequest request;
  private final Function<AcquireStep.Acquired, DefaultHeldLock> toHeldLock;
  private final AttemptRunner attemptRunner;
  private final List<DefaultHeldLock> heldLocks = new ArrayList<>();
  private MultiLockProtocol protocol;

  MultiLockRunner(
      LockEngine engine,
      RequestDefaults defaults,
      MultiLockRequest request,
      Function<AcquireStep.Acquired, DefaultHeldLock> toHeldLock) {
    this.engine = engine;
    this.defaults = defaults;
    this.request = request;
    this.toHeldLock = toHeldLock;
    this.attemptRunner = new AttemptRunner(engine, true);
    this.protocol = start();
  }

  private MultiLockProtocol start() {
    List<AcquireSpec> specs =
        request.names().stream().map(this::requestFor).map(defaults::acquireSpec).toList();
    LockRequest anyRequest = requestFor(request.names().get(0));
    Attempt.Limits limits = RequestDefaults.limits(anyRequest, defaults.maxWaitFor(anyRequest));
    return MultiLockProtocol.start(specs, limits, engine.now());
  }

  private LockRequest requestFor(String name) {
    return requestFor(request, name);
  }

  static LockRequest requestFor(MultiLockRequest request, String name) {
    return new LockRequest(
        name,
        request.leaseDuration(),
        request.maxWait(),
        request.event(),
        request.holder(),
        request.requestDeadline(),
        null,
        null);
  }

  /**
   * Acquires all of the locks, or releases those that it has acquired. The attempt's deadline
   * bounds the loop: after it, each lock is tried once and none is renewed.
   */
  DefaultHeldMultiLock run() throws InterruptedException {
    boolean completed = false;
    try {
      while (!completed) {
        completed =
            nextStep().fold(this::acquire, this::renew, this::release, this::lost, all -> true);
      }
      return new DefaultHeldMultiLock(heldLocks);
    } finally {
      attemptRunner.leaveQueue();
      if (!completed) {
        releaseFrom(0);
      }
    }
  }

  private Step nextStep() {
    List<Long> remainingNanos = heldLocks.stream().map(lock -> lock.remaining().toNanos()).toList();
    return protocol.next(remainingNanos, engine.now());
  }

  /** Tries to acquire the next lock; returns false, because a further step follows. */
  private boolean acquire(Step.Acquire acquire) throws InterruptedException {
    String name = acquire.spec().name();
    OutcomeErrors.throwIfInterrupted(name);
    AcquireStep.Outcome outcome = attemptRunner.run(acquire.spec(), acquire.limits());
    if (outcome instanceof AcquireStep.Acquired acquired) {
      heldLocks.add(toHeldLock.apply(acquired));
      attemptRunner.publish(acquired);
      attemptRunner.leaveQueue();
      protocol = protocol.afterAcquire(engine.now());
    } else if (!protocol.mayContinueAfter(outcome, engine.now())) {
      attemptRunner.publish(outcome);
      LockRequest lockRequest = requestFor(name);
      throw OutcomeErrors.forWait(lockRequest, defaults.maxWaitFor(lockRequest), outcome);
    }
    return false;
  }

  private boolean renew(Step.Renew renew) {
    int index = renew.index();
    DefaultHeldLock lock = heldLocks.get(index);
    Duration leaseDuration = Duration.ofMillis(protocol.specs().get(index).leaseMillis());
    RenewalResult renewal = lock.renewal().tryRenew(leaseDuration);
    if (renewal instanceof RenewalResult.Unknown unknown
        && !protocol.mayContinueAfter(unknown.failure())) {
      throw unknown.failure().error();
    }
    protocol = protocol.afterRenewal(index, lock.remaining().toNanos());
    return false;
  }

  private boolean release(Step.Release release) {
    releaseFrom(release.fromIndex());
    attemptRunner.leaveQueue();
    protocol = protocol.afterRelease(release.fromIndex(), engine.now());
    return false;
  }

  private boolean lost(Step.Lost step) {
    DefaultHeldLock lost = heldLocks.get(step.index());
    throw lost.lifecycle().lost(lost.lifecycle().state().phase());
  }

  private void releaseFrom(int from) {
    while (heldLocks.size() > from) {
      heldLocks.remove(heldLocks.size() - 1).close();
    }
  }
}
