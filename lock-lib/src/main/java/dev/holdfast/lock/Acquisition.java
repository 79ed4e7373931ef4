package dev.holdfast.lock;

import java.util.function.Function;

/**
 * What {@link LockClient#tryAcquire} came to. Contention is normal: it is a value, not an error.
 */
public sealed interface Acquisition {

  /**
   * The lock is held; close it.
   *
   * @param lock the held lock
   */
  record Acquired(HeldLock lock) implements Acquisition {}

  /**
   * Somebody else holds it.
   *
   * @param holder who, since when and until when
   */
  record Busy(Holder holder) implements Acquisition {}

  /**
   * The work was done before: there is nothing to do.
   *
   * @param completion what is remembered of it
   */
  record Completed(Completion completion) implements Acquisition {}

  /**
   * Handles all three outcomes.
   *
   * @param acquired for a lock that is held; it has to close it
   * @param busy for a lock that somebody else holds
   * @param completed for work that was done before
   * @param <R> what the functions return
   * @return what the function for this outcome returned
   */
  default <R> R fold(
      Function<? super HeldLock, ? extends R> acquired,
      Function<? super Busy, ? extends R> busy,
      Function<? super Completed, ? extends R> completed) {
    if (this instanceof Acquired a) {
      return acquired.apply(a.lock());
    }
    if (this instanceof Busy b) {
      return busy.apply(b);
    }
    return completed.apply((Completed) this);
  }
}
