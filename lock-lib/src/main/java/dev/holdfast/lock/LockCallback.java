package dev.holdfast.lock;

/**
 * Work that runs while a lock is held.
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface LockCallback<T, X extends Exception> {

  /**
   * Does the work.
   *
   * @param lease the hold under which it runs
   * @return its result
   * @throws X as it likes; the lock is released and the exception passes through unchanged
   */
  T call(Lease lease) throws X;
}
