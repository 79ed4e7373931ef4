package dev.holdfast.lock;

import java.util.function.Function;

/**
 * Outcome of {@link LockClient#tryAcquire}. Contention is expected, so it is a value and not an
 * exception.
 */
public sealed interface Acquisition {

  /**
   * The caller holds the lock, and closes it.
   *
   * @param lock the held lock
   */
  record Acquired(HeldLock lock) implements Acquisition {

    @Override
    public <R> R fold(
        Function<? super HeldLock, ? extends R> acquired,
        Function<? super Busy, ? extends R> busy,
        Function<? super Completed, ? extends R> completed) {
      return acquired.apply(lock);
    }
  }

  /**
   * Another holder has the lock.
   *
   * @param holder the current holder
   */
  record Busy(Holder holder) implements Acquisition {

    @Override
    public <R> R fold(
        Function<? super HeldLock, ? extends R> acquired,
        Function<? super Busy, ? extends R> busy,
        Function<? super Completed, ? extends R> completed) {
      return busy.apply(this);
    }
  }

  /**
   * The work was completed before, so there is nothing to do.
   *
   * @param completion the idempotency record
   */
  record Completed(Completion completion) implements Acquisition {

    @Override
    public <R> R fold(
        Function<? super HeldLock, ? extends R> acquired,
        Function<? super Busy, ? extends R> busy,
        Function<? super Completed, ? extends R> completed) {
      return completed.apply(this);
    }
  }

  /**
   * Applies the function for this outcome.
   *
   * @param acquired function for a lock that the caller holds; the function closes it
   * @param busy function for a lock that another holder has
   * @param completed function for work that was completed before
   * @param <R> type of the result
   * @return the result of the function
   */
  <R> R fold(
      Function<? super HeldLock, ? extends R> acquired,
      Function<? super Busy, ? extends R> busy,
      Function<? super Completed, ? extends R> completed);
}
