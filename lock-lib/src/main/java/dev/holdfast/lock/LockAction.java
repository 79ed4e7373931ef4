package dev.holdfast.lock;

/**
 * Work that runs while a lock is held and returns nothing.
 *
 * @param <L> view of the lock that the work receives: {@link Lease} or {@link MultiLease}
 * @param <X> type of the exception that the work may throw
 */
@FunctionalInterface
public interface LockAction<L, X extends Exception> {

  /**
   * Does the work.
   *
   * @param lease view of the held lock
   * @throws X if the work fails; the lock is released and the exception is passed on unchanged
   */
  void run(L lease) throws X;
}
