package dev.holdfast.lock;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Client for the locks in one table. Immutable and thread-safe; creating one sends no request.
 *
 * <p>A lock has at most one holder at a time, as long as the hosts' clocks satisfy the {@link
 * ClockModel}. A {@link FencingToken} protects a resource even when they do not, because the
 * resource can reject a stale holder.
 *
 * <p>Locks are not reentrant: a thread that acquires a lock that it holds waits like any other.
 *
 * <p>{@code DynamoDbLockClient.create} returns a client for a table in DynamoDB.
 */
public interface LockClient {

  /**
   * Sets the lease duration of requests that do not specify one.
   *
   * @param leaseDuration from 1 s to 24 h
   * @return a client with this lease duration for the same table
   * @throws IllegalArgumentException if the duration is out of range
   */
  LockClient withLeaseDuration(Duration leaseDuration);

  /**
   * Sets the maximum wait of requests that do not specify one. It applies to {@link #acquire},
   * {@link #call} and {@link #run}, and to their variants for several locks.
   *
   * @param maxWait from 0 to 24 h
   * @return a client with this maximum wait for the same table
   * @throws IllegalArgumentException if the duration is out of range
   */
  LockClient withMaxWait(Duration maxWait);

  /**
   * Sets the assumptions about the hosts' clocks.
   *
   * @param clockModel the clock model
   * @return a client with this clock model for the same table
   */
  LockClient withClockModel(ClockModel clockModel);

  /**
   * Lets {@link #call}, {@link #run}, {@link #callAll} and {@link #runAll} throw a {@link
   * LockLostException} after work that outlived its lease, because another holder may have worked
   * at the same time. The result of such work is not returned. Work that throws keeps its own
   * exception.
   *
   * @return a client with this check for the same table
   */
  LockClient withLossCheck();

  /**
   * Sets the holder description of requests that do not specify one.
   *
   * @param holder description for people and logs, such as a function, a request or a host
   * @return a client with this holder description for the same table
   * @throws IllegalArgumentException if the description is blank
   */
  LockClient withHolder(String holder);

  /**
   * Sets the listener that is notified of lock events. A client has one listener, which may forward
   * the events to others.
   *
   * @param listener the listener, for example {@link LockListener#logging}
   * @return a client with this listener for the same table
   */
  LockClient withListener(LockListener listener);

  /**
   * Replaces the clocks, for tests. The new client starts without the observations of contended
   * locks that this one has made.
   *
   * @param timeSource the clocks
   * @return a client with these clocks for the same table
   */
  LockClient withTimeSource(TimeSource timeSource);

  /**
   * Makes one attempt and does not wait. An attempt costs one conditional write, and up to three if
   * the row changes at the same time.
   *
   * @param name the lock's name
   * @return acquired, busy or completed
   * @throws IllegalArgumentException if the name is empty, too long or not valid Unicode
   * @throws LockException if the table cannot be reached, or the row was not written by this
   *     library
   */
  default Acquisition tryAcquire(String name) {
    return tryAcquire(LockRequest.of(name));
  }

  /**
   * Makes one attempt and does not wait. An attempt costs one conditional write, and up to three if
   * the row changes at the same time. A request for a permit tries each permit until one is free,
   * so a busy result costs one write for each permit.
   *
   * @param request the lock to acquire
   * @return acquired, busy or completed
   * @throws PayloadMismatchException if the work was completed for another payload
   * @throws LockException if the table cannot be reached, or the row was not written by this
   *     library
   */
  Acquisition tryAcquire(LockRequest request);

  /**
   * Waits for the lock up to a maximum and returns the outcome as a value. {@link #acquire} differs
   * only in that it throws an exception when the lock is not acquired.
   *
   * @param name the lock's name
   * @param maxWait from 0 to 24 h
   * @return acquired, busy or completed
   * @throws InterruptedException if the thread is interrupted; it holds nothing then
   * @throws IllegalArgumentException if the name is empty, too long or not valid Unicode, or the
   *     duration is out of range
   * @throws LockException if the table cannot be reached, or the row was not written by this
   *     library
   */
  default Acquisition tryAcquire(String name, Duration maxWait) throws InterruptedException {
    return tryAcquire(LockRequest.of(name), maxWait);
  }

  /**
   * Waits for the lock up to a maximum and returns the outcome as a value. {@link #acquire} differs
   * only in that it throws an exception when the lock is not acquired.
   *
   * @param request the lock to acquire
   * @param maxWait from 0 to 24 h; replaces the maximum wait of the request
   * @return acquired, busy or completed
   * @throws InterruptedException if the thread is interrupted; it holds nothing then
   * @throws IllegalArgumentException if the duration is out of range
   * @throws PayloadMismatchException if the work was completed for another payload
   * @throws LockException if the table cannot be reached, or the row was not written by this
   *     library
   */
  Acquisition tryAcquire(LockRequest request, Duration maxWait) throws InterruptedException;

  /**
   * Waits for the lock, up to the maximum wait of this client.
   *
   * @param name the lock's name
   * @return the held lock; the caller closes it
   * @throws InterruptedException if the thread is interrupted; it holds nothing then
   * @throws IllegalArgumentException if the name is empty, too long or not valid Unicode
   * @throws LockUnavailableException if another holder had the lock until the maximum wait elapsed
   * @throws AlreadyCompletedException if the work was completed before
   * @throws LockException if the table cannot be reached, or the row was not written by this
   *     library
   */
  default HeldLock acquire(String name) throws InterruptedException {
    return acquire(LockRequest.of(name));
  }

  /**
   * Waits for the lock, up to the maximum wait of the request. The last attempt starts when the
   * maximum wait has elapsed, and may take as long as one request takes.
   *
   * @param request the lock to acquire
   * @return the held lock; the caller closes it
   * @throws InterruptedException if the thread is interrupted; it holds nothing then
   * @throws LockUnavailableException if another holder had the lock until the maximum wait elapsed
   * @throws AlreadyCompletedException if the work was completed before
   * @throws PayloadMismatchException if the work was completed for another payload
   * @throws LockException if the table cannot be reached, or the row was not written by this
   *     library
   */
  HeldLock acquire(LockRequest request) throws InterruptedException;

  /**
   * Acquires the lock, does the work and releases the lock, also if the work fails.
   *
   * @param name the lock's name
   * @param work the work; see {@link #call(LockRequest, LockCallback)} for work that outlives its
   *     lease
   * @param <T> type of the result
   * @param <X> type of the exception that the work may throw
   * @return the result of the work
   * @throws X the exception of the work, unchanged; a failed release never replaces it
   * @throws InterruptedException if the thread is interrupted while it waits for the lock
   * @throws LockException as {@link #acquire(String)}
   */
  default <T, X extends Exception> T call(String name, LockCallback<Lease, T, X> work)
      throws X, InterruptedException {
    return call(LockRequest.of(name), work);
  }

  /**
   * Acquires the lock, does the work and releases the lock, also if the work fails.
   *
   * <p>Work that outlives its lease is not stopped, and its result is returned as usual, although
   * another holder may have worked at the same time. {@link #withLossCheck} makes that an
   * exception. The late release logs a warning and notifies {@link LockListener#onReleasedLate}.
   * Work that must stop in time calls {@link Lease#ensureHeld} or uses a {@link KeepAlive}.
   *
   * <p>A thread must not acquire a lock under which it works already: with {@code acquire}, {@code
   * call}, {@code run} or a {@code tryAcquire} with a maximum wait it would wait for itself, and
   * receives an IllegalStateException at once. This includes other clients of this JVM.
   *
   * @param request the lock to acquire
   * @param work the work
   * @param <T> type of the result
   * @param <X> type of the exception that the work may throw
   * @return the result of the work
   * @throws X the exception of the work, unchanged; a failed release never replaces it
   * @throws InterruptedException if the thread is interrupted while it waits for the lock
   * @throws IllegalStateException if this thread works under the lock already
   * @throws LockException as {@link #acquire(LockRequest)}
   */
  <T, X extends Exception> T call(LockRequest request, LockCallback<Lease, T, X> work)
      throws X, InterruptedException;

  /**
   * Acquires the lock, does work that returns nothing, and releases the lock, also if the work
   * fails.
   *
   * @param name the lock's name
   * @param work the work; see {@link #call(LockRequest, LockCallback)} for work that outlives its
   *     lease
   * @param <X> type of the exception that the work may throw
   * @throws X the exception of the work, unchanged; a failed release never replaces it
   * @throws InterruptedException if the thread is interrupted while it waits for the lock
   * @throws LockException as {@link #acquire(String)}
   */
  default <X extends Exception> void run(String name, LockAction<Lease, X> work)
      throws X, InterruptedException {
    run(LockRequest.of(name), work);
  }

  /**
   * Acquires the lock, does work that returns nothing, and releases the lock, also if the work
   * fails. Work that outlives its lease is not stopped: the method returns as usual, and the late
   * release logs a warning, as described at {@link #call(LockRequest, LockCallback)}.
   *
   * @param request the lock to acquire
   * @param work the work
   * @param <X> type of the exception that the work may throw
   * @throws X the exception of the work, unchanged; a failed release never replaces it
   * @throws InterruptedException if the thread is interrupted while it waits for the lock
   * @throws IllegalStateException if this thread works under the lock already
   * @throws LockException as {@link #acquire(LockRequest)}
   */
  default <X extends Exception> void run(LockRequest request, LockAction<Lease, X> work)
      throws X, InterruptedException {
    Objects.requireNonNull(work, "work");
    call(
        request,
        lease -> {
          work.run(lease);
          return Optional.empty();
        });
  }

  /**
   * Waits for several locks, and acquires all of them or no lock. An uncontended acquire costs one
   * write for each lock.
   *
   * <p>The locks are acquired in sorted order, so that two callers cannot deadlock. Locks that are
   * held already are renewed while the call waits for the others. A thread that holds further locks
   * must itself ensure a consistent order.
   *
   * @param request the locks to acquire
   * @return the held locks; the caller closes them
   * @throws InterruptedException if the thread is interrupted; it holds nothing then
   * @throws LockUnavailableException if another holder had a lock until the maximum wait elapsed
   * @throws AlreadyCompletedException if the work of one of the locks was completed before
   * @throws LockLostException if a lock was lost during the wait and the maximum wait elapsed
   * @throws LockException if the table cannot be reached, or a row was not written by this library
   */
  HeldMultiLock acquireAll(MultiLockRequest request) throws InterruptedException;

  /**
   * Acquires several locks, does the work and releases the locks, also if the work fails. Work that
   * outlives a lease is not stopped: its result is returned as usual, and the late release logs a
   * warning, as described at {@link #call(LockRequest, LockCallback)}.
   *
   * @param request the locks to acquire
   * @param work the work
   * @param <T> type of the result
   * @param <X> type of the exception that the work may throw
   * @return the result of the work
   * @throws X the exception of the work, unchanged; a failed release never replaces it
   * @throws InterruptedException if the thread is interrupted while it waits for the locks
   * @throws LockException as {@link #acquireAll}
   */
  <T, X extends Exception> T callAll(MultiLockRequest request, LockCallback<MultiLease, T, X> work)
      throws X, InterruptedException;

  /**
   * Acquires several locks, does work that returns nothing, and releases the locks, also if the
   * work fails. Work that outlives a lease is not stopped: the method returns as usual, and the
   * late release logs a warning, as described at {@link #call(LockRequest, LockCallback)}.
   *
   * @param request the locks to acquire
   * @param work the work
   * @param <X> type of the exception that the work may throw
   * @throws X the exception of the work, unchanged; a failed release never replaces it
   * @throws InterruptedException if the thread is interrupted while it waits for the locks
   * @throws LockException as {@link #acquireAll}
   */
  default <X extends Exception> void runAll(
      MultiLockRequest request, LockAction<MultiLease, X> work) throws X, InterruptedException {
    Objects.requireNonNull(work, "work");
    callAll(
        request,
        leases -> {
          work.run(leases);
          return Optional.empty();
        });
  }

  /**
   * Takes over a lock that another process transferred, with a new lease of the same duration. It
   * costs one write. The fencing token is larger than the previous holder's.
   *
   * @param transfer the text that {@link HeldLock#transfer} returned
   * @return the held lock; the caller closes it
   * @throws TransferRefusedException if the transfer is malformed, expired, already used or for
   *     another table
   * @throws LockOutcomeUnknownException if no reply was received; the transfer may have been used
   * @throws LockException if the table cannot be reached; the transfer remains valid
   */
  HeldLock resume(String transfer);
}
