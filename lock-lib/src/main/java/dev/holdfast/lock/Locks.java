package dev.holdfast.lock;

import dev.holdfast.lock.protocol.Attempt;
import dev.holdfast.lock.protocol.Claim;
import dev.holdfast.lock.protocol.Draws;
import dev.holdfast.lock.protocol.Step;
import dev.holdfast.lock.protocol.Table;
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
public final class Locks {
  private static final Logger LOG = LoggerFactory.getLogger(Locks.class);

  private final Shell shell;
  private final Settings settings;

  private Locks(Shell shell, Settings settings) {
    this.shell = shell;
    this.settings = settings;
  }

  /**
   * Locks on a table of any kind; {@code DynamoDbLocks.on} is what users call.
   *
   * @param table where the rows are
   * @return locks with a lease of 10 s, a wait of 30 s and clocks bounded by 1 s
   */
  public static Locks on(Table table) {
    return new Locks(Shell.on(table, TimeSource.system(), RandomDraws.INSTANCE), Settings.DEFAULT);
  }

  /**
   * Sets the lease of requests that name none.
   *
   * @param lease from 1 s to 24 h
   * @return changed locks on the same table
   * @throws IllegalArgumentException if it is out of range
   */
  public Locks withLease(Duration lease) {
    return new Locks(shell, settings.withLease(lease));
  }

  /**
   * Sets how long {@link #acquire} and {@link #call} wait where the request does not say.
   *
   * @param waitUpTo from 0 to 24 h
   * @return changed locks on the same table
   * @throws IllegalArgumentException if it is out of range
   */
  public Locks withWaitUpTo(Duration waitUpTo) {
    return new Locks(shell, settings.withWaitUpTo(waitUpTo));
  }

  /**
   * Sets how far clocks are trusted.
   *
   * @param clocks the model
   * @return changed locks on the same table
   */
  public Locks withClockModel(ClockModel clocks) {
    return new Locks(shell, settings.withClocks(clocks));
  }

  /**
   * Sets who asks where the request does not say.
   *
   * @param holder for people and logs: function, request, host
   * @return changed locks on the same table
   * @throws IllegalArgumentException if it is blank
   */
  public Locks withHolder(String holder) {
    return new Locks(shell, settings.withHolder(holder));
  }

  /**
   * Sets who is told what becomes of locks: one listener, which may pass on to others.
   *
   * @param listener the listener, {@link LockListener#logging} for one
   * @return changed locks on the same table
   */
  public Locks withListener(LockListener listener) {
    Listening listening = new Listening(Objects.requireNonNull(listener, "listener"));
    return new Locks(shell.telling(listening), settings);
  }

  /**
   * Replaces the clocks, for tests. What is known of contended keys is forgotten.
   *
   * @param time the clocks
   * @return changed locks on the same table
   */
  public Locks withTime(TimeSource time) {
    return on(Shell.on(shell.table(), time, shell.draws()));
  }

  /**
   * Replaces the random draws, for simulations that are to be repeated. What is known of contended
   * keys is forgotten.
   *
   * @param draws nonces that no other call on any host returns: a nonce that comes up twice breaks
   *     the lock
   * @return changed locks on the same table
   */
  public Locks withDraws(Draws draws) {
    return on(Shell.on(shell.table(), shell.time(), draws));
  }

  /** Keeps locks alive in another way than by threads, for simulations. */
  Locks keptBy(Keeper keeper) {
    return new Locks(shell.keptBy(keeper), settings);
  }

  /** Has threads stand in lines that somebody watches, for simulations. */
  Locks inLines(Lines lines) {
    return new Locks(shell.inLines(lines), settings);
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
    Step.Outcome outcome = Interrupts.shielded(() -> withoutWaiting(request));
    if (outcome instanceof Step.Granted granted) {
      return new Acquisition.Acquired(held(granted));
    }
    if (outcome instanceof Step.Busy busy) {
      return new Acquisition.Busy(Holder.of(busy.row()));
    }
    if (outcome instanceof Step.Done done) {
      return new Acquisition.Done(Completion.answering(request, done.row()));
    }
    throw Failures.of(outcome);
  }

  private Step.Outcome withoutWaiting(LockRequest request) {
    try {
      return run(request, Duration.ZERO);
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
   * @throws AlreadyDoneException if the work was completed before and is remembered
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
   * @throws AlreadyDoneException if the work was completed before and is remembered
   * @throws PayloadMismatchException if that was for another payload
   * @throws LockException if the table could not be asked, or the key holds a foreign row
   */
  public HeldLock acquire(LockRequest request) throws InterruptedException {
    Interrupts.throwIfInterrupted(request.name());
    Duration wait = settings.waitFor(request);
    Step.Outcome outcome = run(request, wait);
    if (outcome instanceof Step.Granted granted) {
      return held(granted);
    }
    throw Failures.ofWaiting(request, wait, outcome);
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
  public <T, X extends Exception> T call(String name, LockedCall<T, X> work)
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
  public <T, X extends Exception> T call(LockRequest request, LockedCall<T, X> work)
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
   * @param set what to lock
   * @return the held locks; close them
   * @throws InterruptedException if the thread is interrupted; nothing is held then
   * @throws LockUnavailableException if somebody else held one until the bound had passed
   * @throws AlreadyDoneException if the work behind one was completed before and is remembered
   * @throws LockLostException if one was lost while it waited for another, and the bound had passed
   * @throws LockException if the table could not be asked, or a key holds a foreign row
   */
  public HeldLocks acquireAll(LockSet set) throws InterruptedException {
    return new Together(shell, settings, set, this::held).run();
  }

  /**
   * Waits for several locks, runs the work, and releases the locks whatever comes of it.
   *
   * @param set what to lock
   * @param work what to do while all of the locks are held
   * @param <T> what the work returns
   * @param <X> what the work may throw
   * @return what the work returned
   * @throws X what the work threw, unchanged; a release that fails never hides it
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws LockException as {@link #acquireAll}
   */
  public <T, X extends Exception> T callAll(LockSet set, LockedSetCall<T, X> work)
      throws X, InterruptedException {
    try (HeldLocks locks = acquireAll(set)) {
      return work.call(locks);
    }
  }

  /**
   * Goes on with a lock that another process handed over, with the lease that it had there, from
   * now on: one write. The fencing token is larger than the giver's.
   *
   * @param ticket what {@link HeldLock#ticket} gave
   * @return the held lock; close it
   * @throws TicketRefusedException if it is damaged, of another table, expired or used up
   * @throws LockOutcomeUnknownException if no answer came; the ticket may be used up
   * @throws LockException if the table could not be asked; the ticket is as good as before
   */
  public HeldLock redeem(String ticket) {
    return new Redemption(shell, settings).redeemed(ticket);
  }

  private Locks on(Shell other) {
    return new Locks(other.telling(shell.listening()), settings);
  }

  private Step.Outcome run(LockRequest request, Duration wait) throws InterruptedException {
    Claim claim = settings.claim(request);
    Attempt.Limits limits = Settings.limits(request, wait);
    Asking asking = Asking.by(shell);
    return asking.told(
        request.permits() == null
            ? asking.shell().run(claim, limits)
            : new Permits(asking.shell()).run(claim, request.permits(), limits));
  }

  private HeldLock held(Step.Granted granted) {
    Attempt ended = granted.ended();
    LOG.debug("lock={} outcome=acquired refused={}", ended.claim().name(), ended.tries());
    return new HeldLock(shell, granted.hold(), ended.callsEndNanos());
  }

  @Override
  public String toString() {
    return "Locks[table " + shell.table().name() + ", " + settings + "]";
  }
}
