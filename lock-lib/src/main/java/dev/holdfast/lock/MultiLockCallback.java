package dev.holdfast.lock;

/**
 * Work that runs while several locks are held together.
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface MultiLockCallback<T, X extends Exception> {

  /**
   * Does the work.
   *
   * @param lease the locks under which it runs
   * @return its result
   * @throws X if it fails
   */
  T call(MultiLease lease) throws X;
}
