package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockListener;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.MultiLease;
import dev.holdfast.lock.MultiLockRequest;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.internal.protocol.AcquireSpec;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.LockStore;
import dev.holdfast.lock.internal.protocol.RandomSource;
import java.time.Duration;
import java.util.Objects;

/** Lock client of a {@link LockStore}. Immutable and thread-safe. */
public final class DefaultLockClient implements LockClient {
  private final LockEngine engine;
  private final RenewalScheduler renewalScheduler;
  private final RequestDefaults defaults;

  private DefaultLockClient(
      LockEngine engine, RenewalScheduler renewalScheduler, RequestDefaults defaults) {
    this.engine = engine;
    this.renewalScheduler = renewalScheduler;
    this.defaults = defaults;
  }

  /**
   * Returns a client for a table of any kind.
   *
   * @param lockStore table that holds the rows
   * @return a client with a lease duration of 10 s, a maximum wait of 30 s and a maximum clock skew
   *     of 1 s
   */
  public static DefaultLockClient create(LockStore lockStore) {
    LockEngine engine =
        LockEngine.create(
            lockStore, TimeSource.system(), SystemRandomSource.INSTANCE, ListenerNotifier.DISABLED);
    return new DefaultLockClient(
        engine, new RenewalScheduler(engine.timeSource()), RequestDefaults.DEFAULT);
  }

  @Override
  public LockClient withLeaseDuration(Duration leaseDuration) {
    return withDefaults(defaults.withLeaseDuration(leaseDuration));
  }

  @Override
  public LockClient withMaxWait(Duration maxWait) {
    return withDefaults(defaults.withMaxWait(maxWait));
  }

  @Override
  public LockClient withClockModel(ClockModel clockModel) {
    return withDefaults(defaults.withClockModel(clockModel));
  }

  @Override
  public LockClient withHolder(String holder) {
    return withDefaults(defaults.withHolder(holder));
  }

  @Override
  public LockClient withLossCheck() {
    return withDefaults(defaults.withLossCheck());
  }

  private LockClient withDefaults(RequestDefaults other) {
    return new DefaultLockClient(engine, renewalScheduler, other);
  }

  @Override
  public LockClient withListener(LockListener listener) {
    ListenerNotifier notifier = new ListenerNotifier(Objects.requireNonNull(listener, "listener"));
    return new DefaultLockClient(engine.withNotifier(notifier), renewalScheduler, defaults);
  }

  @Override
  public LockClient withTimeSource(TimeSource timeSource) {
    Objects.requireNonNull(timeSource, "timeSource");
    return withSources(timeSource, engine.randomSource());
  }

  private LockClient withSources(TimeSource timeSource, RandomSource randomSource) {
    LockEngine other =
        LockEngine.create(engine.lockStore(), timeSource, randomSource, engine.notifier());
    return new DefaultLockClient(other, new RenewalScheduler(timeSource), defaults);
  }

  /**
   * Replaces the random numbers of a client, for repeatable simulations. The new client starts
   * without the observations of contended locks.
   *
   * @param client a client of this class
   * @param randomSource source of nonces that are unique across all hosts: a repeated nonce breaks
   *     mutual exclusion
   * @return a client with this random source for the same table
   */
  public static LockClient withRandomSource(LockClient client, RandomSource randomSource) {
    DefaultLockClient original = (DefaultLockClient) client;
    return original.withSources(original.engine.timeSource(), randomSource);
  }

  /**
   * Replaces the scheduler of a client's renewals, for simulations.
   *
   * @param client a client of this class
   * @param scheduler the scheduler
   * @return a client with this scheduler for the same table
   */
  public static LockClient withRenewalScheduler(LockClient client, RenewalScheduler scheduler) {
    DefaultLockClient original = (DefaultLockClient) client;
    return new DefaultLockClient(original.engine, scheduler, original.defaults);
  }

  /**
   * Replaces the wait queues of a client, for simulations.
   *
   * @param client a client of this class
   * @param waitQueues the queues
   * @return a client with these queues for the same table
   */
  public static LockClient withWaitQueues(LockClient client, WaitQueues waitQueues) {
    DefaultLockClient original = (DefaultLockClient) client;
    return new DefaultLockClient(
        original.engine.withWaitQueues(waitQueues), original.renewalScheduler, original.defaults);
  }

  @Override
  public Acquisition tryAcquire(LockRequest request) {
    Objects.requireNonNull(request, "request");
    boolean interrupted = Thread.interrupted();
    try {
      return OutcomeErrors.acquisition(
          request, attempt(request, Duration.ZERO, false), this::heldLock);
    } catch (InterruptedException e) {
      throw new IllegalStateException("an attempt that never waits was interrupted", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Acquisition tryAcquire(LockRequest request, Duration maxWait) throws InterruptedException {
    Objects.requireNonNull(request, "request");
    LockRequest waiting = request.maxWait(maxWait);
    OutcomeErrors.throwIfInterrupted(request.name());
    AcquireStep.Outcome outcome = attempt(waiting, maxWait, true);
    OutcomeErrors.throwIfInterrupted(outcome);
    return OutcomeErrors.acquisition(waiting, outcome, this::heldLock);
  }

  @Override
  public HeldLock acquire(LockRequest request) throws InterruptedException {
    Objects.requireNonNull(request, "request");
    OutcomeErrors.throwIfInterrupted(request.name());
    Duration maxWait = defaults.maxWaitFor(request);
    AcquireStep.Outcome outcome = attempt(request, maxWait, true);
    if (outcome instanceof AcquireStep.Acquired acquired) {
      return heldLock(acquired);
    }
    throw OutcomeErrors.forWait(request, maxWait, outcome);
  }

  private AcquireStep.Outcome attempt(LockRequest request, Duration maxWait, boolean rejectsOwnLock)
      throws InterruptedException {
    AcquireSpec spec = defaults.acquireSpec(request);
    Attempt.Limits limits = RequestDefaults.limits(request, maxWait);
    AttemptRunner runner = new AttemptRunner(engine, rejectsOwnLock && request.permits() == null);
    AcquireStep.Outcome outcome;
    try {
      outcome =
          request.permits() == null
              ? runner.run(spec, limits)
              : new SemaphoreRunner(engine, runner).run(spec, request.permits(), limits);
    } finally {
      runner.leaveQueue();
    }
    runner.publish(outcome);
    return outcome;
  }

  @Override
  public <T, X extends Exception> T call(LockRequest request, LockCallback<Lease, T, X> work)
      throws X, InterruptedException {
    Objects.requireNonNull(work, "work");
    try (HeldLock lock = acquire(request)) {
      T result = lock.call(work);
      if (defaults.throwsIfLost()) {
        lock.ensureHeld();
      }
      return result;
    }
  }

  @Override
  public <T, X extends Exception> T callAll(
      MultiLockRequest request, LockCallback<MultiLease, T, X> work)
      throws X, InterruptedException {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(work, "work");
    try (DefaultHeldMultiLock locks = acquireLocks(request)) {
      T result = locks.call(work);
      if (defaults.throwsIfLost()) {
        locks.ensureHeld();
      }
      return result;
    }
  }

  private DefaultHeldLock heldLock(AcquireStep.Acquired acquired) {
    return DefaultHeldLock.acquired(engine, renewalScheduler, acquired);
  }

  @Override
  public HeldMultiLock acquireAll(MultiLockRequest request) throws InterruptedException {
    Objects.requireNonNull(request, "request");
    return acquireLocks(request);
  }

  private DefaultHeldMultiLock acquireLocks(MultiLockRequest request) throws InterruptedException {
    return new MultiLockRunner(engine, defaults, request, this::heldLock).run();
  }

  @Override
  public HeldLock resume(String transfer) {
    Objects.requireNonNull(transfer, "transfer");
    return new TransferReceiver(engine, renewalScheduler, defaults).resume(transfer);
  }

  @Override
  public String toString() {
    return "LockClient[table=" + engine.lockStore().tableName() + ", " + defaults + "]";
  }
}
