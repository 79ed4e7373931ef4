package dev.holdfast.lock;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Lock that is held until it is released, completed, transferred or lost. Thread-safe: renewals,
 * the release, the completion and the transfer of one lock run one after the other. Methods that
 * only read its state never wait for them.
 */
public interface HeldLock extends Lease, AutoCloseable {

  /**
   * Does work under this lock on this thread; the lock is still held afterwards. While it runs, an
   * acquire of the same lock by this thread fails at once, since the thread would wait for itself.
   *
   * @param work the work
   * @param <T> type of the result
   * @param <X> type of the exception that the work may throw
   * @return the result of the work
   * @throws X the exception of the work, unchanged
   */
  <T, X extends Exception> T call(LockCallback<Lease, T, X> work) throws X;

  /**
   * Renews the lease for its current duration, starting now. It costs one write.
   *
   * @throws LockLostException if the lease has expired, or the row has another owner
   * @throws LockClosedException if the lock was released, completed or transferred
   * @throws LockOutcomeUnknownException if no reply was received; the lock is held as long as
   *     before and may be renewed again
   * @throws LockTableException if the table cannot be reached
   */
  void renew();

  /**
   * Renews the lease for another duration, starting now. It costs one write. A shorter duration
   * takes effect as soon as the request is sent.
   *
   * @param leaseDuration from 1 s to 24 h
   * @throws IllegalArgumentException if the duration is out of range
   * @throws LockLostException if the lease has expired, or the row has another owner
   * @throws LockClosedException if the lock was released, completed or transferred
   * @throws LockOutcomeUnknownException if no reply was received; the lock is held until the
   *     earlier end of the old and the new lease, and may be renewed again
   * @throws LockTableException if the table cannot be reached
   */
  void renew(Duration leaseDuration);

  /**
   * Starts to renew this lock automatically. Renewal ends when the lock is lost or closed, or when
   * the keep-alive is closed.
   *
   * @return the keep-alive, which reports a loss of the lock
   * @throws IllegalStateException if this lock has a keep-alive already
   * @throws LockLostException if the lease has expired, or the row has another owner
   * @throws LockClosedException if the lock was released, completed or transferred
   */
  KeepAlive keepAlive();

  /**
   * Starts to renew this lock automatically. Renewal ends when the lock is lost or closed, or when
   * the keep-alive is closed.
   *
   * @param onLoss callback that runs at most once, on a thread of its own, when the lock is lost or
   *     will be lost soon; an exception that it throws is logged and ignored
   * @return the keep-alive, which reports the same loss
   * @throws IllegalStateException if this lock has a keep-alive already
   * @throws LockLostException if the lease has expired, or the row has another owner
   * @throws LockClosedException if the lock was released, completed or transferred
   */
  KeepAlive keepAlive(Consumer<? super LockLoss> onLoss);

  /**
   * Releases the lock. It costs one write. It deletes the row if the acquire created it and nobody
   * has read the fencing token; otherwise it leaves a marker row that keeps the token. The write
   * never changes the row of a later holder.
   *
   * @return the outcome of the release
   * @throws LockClosedException if the lock was released, completed or transferred before
   * @throws LockTableException if the table cannot be reached and the release was certainly not
   *     applied; the lock may be released again
   */
  ReleaseOutcome release();

  /**
   * Completes the work: releases the lock and stores an idempotency record. It costs one write.
   * Until the retention ends, every request for this lock reports the completion.
   *
   * @param retention lifetime of the record by wall clock, from 1 s to 3,660 days
   * @throws IllegalArgumentException if the retention is out of range
   * @throws UnsupportedOperationException if this lock is a permit; no request is sent and the
   *     permit is still held
   * @throws LockLostException if the row has another owner, who may do the work again
   * @throws LockClosedException if the lock was released, completed or transferred before
   * @throws LockOutcomeUnknownException if no reply was received; no further request is sent, not
   *     even by {@link #close}
   * @throws LockTableException if the table cannot be reached and the completion was certainly not
   *     applied
   */
  void complete(Duration retention);

  /**
   * Completes the work: releases the lock and stores an idempotency record with a result. It costs
   * one write. Until the retention ends, every request for this lock receives the result in a
   * {@link Completion}.
   *
   * @param retention lifetime of the record by wall clock, from 1 s to 3,660 days
   * @param result the result of the work
   * @throws ResultTooLargeException if the result exceeds its maximum size; the work is completed
   *     without a result
   * @throws IllegalArgumentException if the retention is out of range
   * @throws LockException as {@link #complete(Duration)}
   */
  void complete(Duration retention, StoredResult result);

  /**
   * Transfers the lock to the process that passes the returned text to {@link LockClient#resume}.
   * It sends no request. Afterwards this object no longer holds the lock, and {@link #close} has no
   * effect.
   *
   * @return printable ASCII of about 120 characters plus the table's name, the lock's name and the
   *     event id; everyone who has this text can take over the lock
   * @throws LockLostException if the lease has expired, or the row has another owner
   * @throws LockClosedException if the lock was released, completed or transferred before
   * @throws LockOutcomeUnknownException if a renewal received no reply: renew the lock first
   */
  String transfer();

  /**
   * Releases the lock if it is still held. It never throws: a failure is logged, and the lease
   * expires.
   */
  @Override
  void close();
}
