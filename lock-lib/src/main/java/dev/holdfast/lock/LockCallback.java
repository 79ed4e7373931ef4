package dev.holdfast.lock;

/**
 * Work that runs while a lock is held and returns a value.
 *
 * @param <L> view of the lock that the work receives: {@link Lease} or {@link MultiLease}
 * @param <T> type of the result
 * @param <X> type of the exception that the work may throw
 */
@FunctionalInterface
public interface LockCallback<L, T, X extends Exception> {

  /**
   * Does the work.
   *
   * @param lease view of the held lock
   * @return the result of the work
   * @throws X if the work fails; the lock is released and the exception is passed on unchanged
   */
  T call(L lease) throws X;
}
