package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.LockLostException;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.internal.engine.WaitQueue.Waiter;
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
import org.jspecify.annotations.Nullable;

/**
 * Runs one attempt to win several locks together, as {@link MultiLockProtocol} says. Used by one
 * thread, once.
 */
public final class MultiLockRunner {
  private final AttemptRunner attemptRunner;
  private final RequestDefaults defaults;
  private final MultiLockRequest request;
  private final Function<AcquireStep.Acquired, HeldLock> toHeldLock;
  private final List<HeldLock> heldLocks = new ArrayList<>();
  private final AcquireEvents acquireEvents;
  private @Nullable Waiter waiter;

  public MultiLockRunner(
      AttemptRunner attemptRunner,
      RequestDefaults defaults,
      MultiLockRequest request,
      Function<AcquireStep.Acquired, HeldLock> toHeldLock) {
    this.attemptRunner = attemptRunner;
    this.defaults = defaults;
    this.request = request;
    this.toHeldLock = toHeldLock;
    this.acquireEvents = AcquireEvents.forRunner(attemptRunner);
  }

  /**
   * Wins all of the locks or gives back what it has. Bounded by the attempt's deadline: past it
   * each lock is tried once and none renewed.
   */
  public HeldMultiLock run() throws InterruptedException {
    boolean completed = false;
    try {
      MultiLockProtocol protocol = start();
      Step move = protocol.next(remainingNanos(), attemptRunner.now());
      while (!(move instanceof Step.AllAcquired)) {
        protocol = execute(move, protocol);
        move = protocol.next(remainingNanos(), attemptRunner.now());
      }
      completed = true;
      return new HeldMultiLock(heldLocks);
    } finally {
      leaveQueue();
      if (!completed) {
        releaseFrom(0);
      }
    }
  }

  private MultiLockProtocol start() {
    List<AcquireSpec> specs =
        request.names().stream().map(request::requestFor).map(defaults::acquireSpec).toList();
    LockRequest anyRequest = request.requestFor(request.names().get(0));
    Attempt.Limits limits = RequestDefaults.limits(anyRequest, defaults.maxWaitFor(anyRequest));
    return MultiLockProtocol.start(specs, limits, attemptRunner.now());
  }

  private List<Long> remainingNanos() {
    return heldLocks.stream().map(lock -> lock.remaining().toNanos()).toList();
  }

  private MultiLockProtocol execute(Step move, MultiLockProtocol protocol)
      throws InterruptedException {
    if (move instanceof Step.Acquire attempt) {
      return tryNext(attempt, protocol);
    }
    if (move instanceof Step.Renew renew) {
      return renew(renew.index(), protocol);
    }
    if (move instanceof Step.Release release) {
      releaseFrom(release.fromIndex());
      leaveQueue();
      return protocol.afterRelease(release.fromIndex(), attemptRunner.now());
    }
    HeldLock lost = heldLocks.get(((Step.Lost) move).index());
    throw new LockLostException(lost.name(), lost.state().phase().description());
  }

  private MultiLockProtocol tryNext(Step.Acquire attempt, MultiLockProtocol protocol)
      throws InterruptedException {
    Interrupts.throwIfInterrupted(attempt.spec().name());
    AcquireStep.Outcome outcome = attempt(attempt);
    if (outcome instanceof AcquireStep.Acquired granted) {
      heldLocks.add(toHeldLock.apply(granted));
      acquireEvents.publish(granted);
      leaveQueue();
      return protocol.afterAcquire(attemptRunner.now());
    }
    if (protocol.mayContinueAfter(outcome, attemptRunner.now())) {
      return protocol;
    }
    acquireEvents.publish(outcome);
    LockRequest lockRequest = request.requestFor(attempt.spec().name());
    throw OutcomeErrors.forWait(lockRequest, defaults.maxWaitFor(lockRequest), outcome);
  }

  /** A place in line is kept while locks that are held are renewed. */
  private AcquireStep.Outcome attempt(Step.Acquire attempt) throws InterruptedException {
    if (attempt.limits().maxWaitNanos() <= 0) {
      return acquireEvents.attemptRunner().run(attempt.spec(), attempt.limits());
    }
    Waiter queued =
        waiter == null ? attemptRunner.waitQueues().enqueue(attempt.spec().name()) : waiter;
    waiter = queued;
    return acquireEvents.attemptRunner().run(attempt.spec(), attempt.limits(), queued);
  }

  private void leaveQueue() {
    if (waiter != null) {
      attemptRunner.waitQueues().remove(waiter);
      waiter = null;
    }
  }

  private MultiLockProtocol renew(int index, MultiLockProtocol protocol) {
    HeldLock lock = heldLocks.get(index);
    Duration leaseDuration = Duration.ofMillis(protocol.specs().get(index).leaseMillis());
    RenewalResult renewal = lock.tryRenew(leaseDuration);
    if (renewal instanceof RenewalResult.Unknown unknown
        && !protocol.mayContinueAfter(unknown.failure())) {
      throw unknown.failure().error();
    }
    return protocol.afterRenewal(index, lock.remaining().toNanos());
  }

  private void releaseFrom(int from) {
    while (heldLocks.size() > from) {
      heldLocks.remove(heldLocks.size() - 1).close();
    }
  }
}
