package dev.holdfast.lock;

import java.util.Optional;

/**
 * Automatic renewal of one held lock, and the report of its loss. Thread-safe.
 *
 * <p>The lock is renewed whenever a third of its lease has elapsed. If no renewal has succeeded
 * when the last quarter of the lease begins, the owner is notified, together with the remaining
 * time in which the lock is still held.
 *
 * <p>All locks of a {@link LockClient}, and of the clients derived from it, share one scheduler
 * thread, up to 16 renewal threads and up to 4 notification threads. These are daemon threads that
 * exist only while a keep-alive needs them. The renewal of one lock waits for others only while 16
 * renewals have no reply.
 */
public interface KeepAlive extends AutoCloseable {

  /**
   * Waits until the lock is lost or will be lost soon.
   *
   * @return the loss; empty if the lock or this keep-alive was closed before a loss
   * @throws InterruptedException if the waiting thread is interrupted; the renewal continues
   */
  Optional<LockLoss> awaitLoss() throws InterruptedException;

  /**
   * Returns the loss of the lock, if it is known to be lost or to be lost soon.
   *
   * @return the loss, or empty
   */
  Optional<LockLoss> loss();

  /**
   * Does work on this thread, and interrupts the thread when the lock is lost or will be lost soon.
   * If the work ends regardless, its result or exception is passed on and the interrupt is cleared.
   *
   * @param work the work; the lock is still held afterwards
   * @param <T> type of the result
   * @param <X> type of the exception that the work may throw
   * @return the result of the work
   * @throws X the exception of the work, unchanged
   * @throws LockLostException if the lock was lost before the work started, or if the loss ended
   *     the work with an InterruptedException, which is the suppressed exception
   */
  <T, X extends Exception> T call(LockCallback<Lease, T, X> work) throws X;

  /**
   * Does work that returns nothing on this thread, and interrupts the thread when the lock is lost
   * or will be lost soon. If the work ends regardless, its exception is passed on and the interrupt
   * is cleared.
   *
   * @param work the work; the lock is still held afterwards
   * @param <X> type of the exception that the work may throw
   * @throws X the exception of the work, unchanged
   * @throws LockLostException if the lock was lost before the work started, or if the loss ended
   *     the work with an InterruptedException, which is the suppressed exception
   */
  default <X extends Exception> void run(LockAction<Lease, X> work) throws X {
    call(
        lease -> {
          work.run(lease);
          return Optional.empty();
        });
  }

  /** Ends the automatic renewal. The lock is held until its lease expires or it is released. */
  @Override
  void close();
}
