package dev.holdfast.lock;

import dev.holdfast.lock.internal.engine.AcquireEvents;
import dev.holdfast.lock.internal.engine.AttemptRunner;
import dev.holdfast.lock.internal.engine.Interrupts;
import dev.holdfast.lock.internal.engine.ListenerNotifier;
import dev.holdfast.lock.internal.engine.MultiLockRunner;
import dev.holdfast.lock.internal.engine.OutcomeErrors;
import dev.holdfast.lock.internal.engine.RenewalScheduler;
import dev.holdfast.lock.internal.engine.RequestDefaults;
import dev.holdfast.lock.internal.engine.SemaphoreRunner;
import dev.holdfast.lock.internal.engine.SystemRandomSource;
import dev.holdfast.lock.internal.engine.TransferReceiver;
import dev.holdfast.lock.internal.engine.WaitQueues;
import dev.holdfast.lock.internal.protocol.AcquireSpec;
import dev.holdfast.lock.internal.protocol.AcquireStep;
import dev.holdfast.lock.internal.protocol.Attempt;
import dev.holdfast.lock.internal.protocol.LockStore;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks on the rows of one table. Immutable and thread-safe; making one costs no call.
 *
 * <p>At most one holder has a lock at a time, while hosts' clocks keep to the {@link ClockModel};
 * even when they do not, a {@link FencingToken} lets the resource refuse a stale holder.
 */
public final class LockClient {
  private static final Logger LOG = LoggerFactory.getLogger(LockClient.class);

  private final AttemptRunner attemptRunner;
  private final RequestDefaults defaults;

  private LockClient(AttemptRunner attemptRunner, RequestDefaults defaults) {
    this.attemptRunner = attemptRunner;
    this.defaults = defaults;
  }

  /**
   * Locks on a table of any kind; {@code DynamoDbLocks.on} is what users call.
   *
   * @param lockStore where the rows are
   * @return locks with a lease of 10 s, a wait of 30 s and clocks bounded by 1 s
   */
  public static LockClient create(LockStore lockStore) {
    return new LockClient(
        AttemptRunner.forStore(lockStore, TimeSource.system(), SystemRandomSource.INSTANCE),
        RequestDefaults.DEFAULT);
  }

  /**
   * Sets the lease of requests that name none.
   *
   * @param leaseDuration from 1 s to 24 h
   * @return changed locks on the same table
   * @throws IllegalArgumentException if it is out of range
   */
  public LockClient withLeaseDuration(Duration leaseDuration) {
    return new LockClient(attemptRunner, defaults.withLeaseDuration(leaseDuration));
  }

  /**
   * Sets how long {@link #acquire} and {@link #call} wait where the request does not say.
   *
   * @param maxWait from 0 to 24 h
   * @return changed locks on the same table
   * @throws IllegalArgumentException if it is out of range
   */
  public LockClient withMaxWait(Duration maxWait) {
    return new LockClient(attemptRunner, defaults.withMaxWait(maxWait));
  }

  /**
   * Sets how far clocks are trusted.
   *
   * @param clockModel the model
   * @return changed locks on the same table
   */
  public LockClient withClockModel(ClockModel clockModel) {
    return new LockClient(attemptRunner, defaults.withClockModel(clockModel));
  }

  /**
   * Sets who asks where the request does not say.
   *
   * @param holder for people and logs: function, request, host
   * @return changed locks on the same table
   * @throws IllegalArgumentException if it is blank
   */
  public LockClient withHolder(String holder) {
    return new LockClient(attemptRunner, defaults.withHolder(holder));
  }

  /**
   * Sets who is told what becomes of locks: one listener, which may pass on to others.
   *
   * @param listener the listener, {@link LockListener#logging} for one
   * @return changed locks on the same table
   */
  public LockClient withListener(LockListener listener) {
    ListenerNotifier notifier = new ListenerNotifier(Objects.requireNonNull(listener, "listener"));
    return new LockClient(attemptRunner.withNotifier(notifier), defaults);
  }

  /**
   * Replaces the clocks, for tests. What is known of contended keys is forgotten.
   *
   * @param timeSource the clocks
   * @return changed locks on the same table
   */
  public LockClient withTimeSource(TimeSource timeSource) {
    return create(
        AttemptRunner.forStore(
            attemptRunner.lockStore(), timeSource, attemptRunner.randomSource()));
  }

  /**
   * Replaces the random draws, for simulations that are to be repeated. What is known of contended
   * keys is forgotten.
   *
   * @param randomSource nonces that no other call on any host returns: a nonce that comes up twice
   *     breaks the lock
   * @return changed locks on the same table
   */
  public LockClient withRandomSource(RandomSource randomSource) {
    return create(
        AttemptRunner.forStore(
            attemptRunner.lockStore(), attemptRunner.timeSource(), randomSource));
  }

  /** Keeps locks alive in another way than by threads, for simulations. */
  public LockClient withRenewalScheduler(RenewalScheduler scheduler) {
    return new LockClient(attemptRunner.withRenewalScheduler(scheduler), defaults);
  }

  /** Has threads stand in lines that somebody watches, for simulations. */
  public LockClient withWaitQueues(WaitQueues waitQueues) {
    return new LockClient(attemptRunner.withWaitQueues(waitQueues), defaults);
  }

  /**
   * Tries once and never waits: one write when nobody holds the lock, one refused write when
   * somebody does.
   *
   * @param name the resource id
   * @return acquired, busy or done
   * @throws IllegalArgumentException if the name is empty, too long or not valid Unicode
   * @throws LockException if the table could not be asked, or the key holds a foreign row
   */
  public Acquisition tryAcquire(String name) {
    return tryAcquire(LockRequest.of(name));
  }

  /**
   * Tries once and never waits: one write when nobody holds the lock, one refused write when
   * somebody does. Of permits, each is tried until one is free: busy after as many refused writes
   * as there are permits.
   *
   * @param request what to lock
   * @return acquired, busy or done
   * @throws PayloadMismatchException if the work was done before for another payload
   * @throws LockException if the table could not be asked, or the key holds a foreign row
   */
  public Acquisition tryAcquire(LockRequest request) {
    AcquireStep.Outcome outcome = Interrupts.callUninterruptibly(() -> attemptOnce(request));
    if (outcome instanceof AcquireStep.Acquired granted) {
      return new Acquisition.Acquired(toHeldLock(granted));
    }
    if (outcome instanceof AcquireStep.Busy busy) {
      return new Acquisition.Busy(Holder.fromRow(busy.row()));
    }
    if (outcome instanceof AcquireStep.Completed completed) {
      return new Acquisition.Completed(Completion.forRequest(request, completed.row()));
    }
    throw OutcomeErrors.forOutcome(outcome);
  }

  private AcquireStep.Outcome attemptOnce(LockRequest request) {
    try {
      return attempt(request, Duration.ZERO);
    } catch (InterruptedException e) {
      throw new IllegalStateException("an attempt that never waits was interrupted", e);
    }
  }

  /**
   * Waits for the lock, up to the bound of these locks.
   *
   * @param name the resource id
   * @return the held lock; close it
   * @throws InterruptedException if the thread is interrupted; nothing is held then
   * @throws IllegalArgumentException if the name is empty, too long or not valid Unicode
   * @throws LockUnavailableException if somebody else held it until the bound had passed
   * @throws AlreadyCompletedException if the work was completed before and is remembered
   * @throws LockException if the table could not be asked, or the key holds a foreign row
   */
  public HeldLock acquire(String name) throws InterruptedException {
    return acquire(LockRequest.of(name));
  }

  /**
   * Waits for the lock, up to the bound of the request. The last try is made at that bound and may
   * take as long as one call does.
   *
   * @param request what to lock
   * @return the held lock; close it
   * @throws InterruptedException if the thread is interrupted; nothing is held then
   * @throws LockUnavailableException if somebody else held it until the bound had passed
   * @throws AlreadyCompletedException if the work was completed before and is remembered
   * @throws PayloadMismatchException if that was for another payload
   * @throws LockException if the table could not be asked, or the key holds a foreign row
   */
  public HeldLock acquire(LockRequest request) throws InterruptedException {
    Interrupts.throwIfInterrupted(request.name());
    Duration maxWait = defaults.maxWaitFor(request);
    AcquireStep.Outcome outcome = attempt(request, maxWait);
    if (outcome instanceof AcquireStep.Acquired granted) {
      return toHeldLock(granted);
    }
    throw OutcomeErrors.forWait(request, maxWait, outcome);
  }

  /**
   * Waits for the lock, runs the work, and releases the lock whatever comes of it.
   *
   * @param name the resource id
   * @param work what to do while the lock is held
   * @param <T> what the work returns
   * @param <X> what the work may throw
   * @return what the work returned
   * @throws X what the work threw, unchanged; a release that fails never hides it
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws LockException as {@link #acquire(String)}
   */
  public <T, X extends Exception> T call(String name, LockCallback<T, X> work)
      throws X, InterruptedException {
    return call(LockRequest.of(name), work);
  }

  /**
   * Waits for the lock, runs the work, and releases the lock whatever comes of it.
   *
   * @param request what to lock
   * @param work what to do while the lock is held
   * @param <T> what the work returns
   * @param <X> what the work may throw
   * @return what the work returned
   * @throws X what the work threw, unchanged; a release that fails never hides it
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws LockException as {@link #acquire(LockRequest)}
   */
  public <T, X extends Exception> T call(LockRequest request, LockCallback<T, X> work)
      throws X, InterruptedException {
    try (HeldLock lock = acquire(request)) {
      return work.call(lock);
    }
  }

  /**
   * Waits for several locks, all or nothing: sorted, so that no two callers can each hold what the
   * other waits for, and renewed while it waits for the others. One write each where nobody holds
   * them. A thread that holds other locks already must see to their order itself.
   *
   * @param request what to lock
   * @return the held locks; close them
   * @throws InterruptedException if the thread is interrupted; nothing is held then
   * @throws LockUnavailableException if somebody else held one until the bound had passed
   * @throws AlreadyCompletedException if the work behind one was completed before and is remembered
   * @throws LockLostException if one was lost while it waited for another, and the bound had passed
   * @throws LockException if the table could not be asked, or a key holds a foreign row
   */
  public HeldMultiLock acquireAll(MultiLockRequest request) throws InterruptedException {
    return new MultiLockRunner(attemptRunner, defaults, request, this::toHeldLock).run();
  }

  /**
   * Waits for several locks, runs the work, and releases the locks whatever comes of it.
   *
   * @param request what to lock
   * @param work what to do while all of the locks are held
   * @param <T> what the work returns
   * @param <X> what the work may throw
   * @return what the work returned
   * @throws X what the work threw, unchanged; a release that fails never hides it
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws LockException as {@link #acquireAll}
   */
  public <T, X extends Exception> T callAll(MultiLockRequest request, MultiLockCallback<T, X> work)
      throws X, InterruptedException {
    try (HeldMultiLock locks = acquireAll(request)) {
      return work.call(locks);
    }
  }

  /**
   * Goes on with a lock that another process handed over, with the lease that it had there, from
   * now on: one write. The fencing token is larger than the giver's.
   *
   * @param transfer what {@link HeldLock#transfer} gave
   * @return the held lock; close it
   * @throws TransferRefusedException if it is damaged, of another table, expired or used up
   * @throws LockOutcomeUnknownException if no answer came; the ticket may be used up
   * @throws LockException if the table could not be asked; the ticket is as good as before
   */
  public HeldLock resume(String transfer) {
    return new TransferReceiver(attemptRunner, defaults).resume(transfer);
  }

  private LockClient create(AttemptRunner other) {
    return new LockClient(other.withNotifier(attemptRunner.notifier()), defaults);
  }

  private AcquireStep.Outcome attempt(LockRequest request, Duration maxWait)
      throws InterruptedException {
    AcquireSpec spec = defaults.acquireSpec(request);
    Attempt.Limits limits = RequestDefaults.limits(request, maxWait);
    AcquireEvents events = AcquireEvents.forRunner(attemptRunner);
    return events.publish(
        request.permits() == null
            ? events.attemptRunner().run(spec, limits)
            : new SemaphoreRunner(events.attemptRunner()).run(spec, request.permits(), limits));
  }

  private HeldLock toHeldLock(AcquireStep.Acquired granted) {
    Attempt ended = granted.attempt();
    LOG.debug("lock={} outcome=acquired refused={}", ended.spec().name(), ended.retries());
    return new HeldLock(attemptRunner, granted.hold(), ended.requestDeadlineNanos());
  }

  @Override
  public String toString() {
    return "Locks[table " + attemptRunner.lockStore().tableName() + ", " + defaults + "]";
  }
}
