package dev.holdfast.lock;

import java.time.Duration;

/**
 * Several locks that were acquired together and are held until they are released or lost.
 * Thread-safe.
 */
public interface HeldMultiLock extends MultiLease, AutoCloseable {

  /**
   * Renews the lease of each lock for its current duration, starting now. It costs one write for
   * each lock. If a renewal fails, the other locks are still renewed. The first failure is thrown,
   * with the others as suppressed exceptions.
   *
   * @throws LockException as {@link HeldLock#renew()}, which states whether the lock is still held
   */
  void renew();

  /**
   * Renews the lease of each lock for another duration, starting now. It costs one write for each
   * lock. If a renewal fails, the other locks are still renewed. The first failure is thrown, with
   * the others as suppressed exceptions.
   *
   * @param leaseDuration from 1 s to 24 h
   * @throws IllegalArgumentException if the duration is out of range
   * @throws LockException as {@link HeldLock#renew(Duration)}, which states whether the lock is
   *     still held
   */
  void renew(Duration leaseDuration);

  /**
   * Releases each lock that is not released yet, in reverse order. It costs one write for each
   * lock. If a release fails, the other locks are still released. The first failure is thrown, with
   * the others as suppressed exceptions; a lock whose release failed may be released again.
   *
   * @return the worst outcome: {@link ReleaseOutcome#UNKNOWN} before {@link
   *     ReleaseOutcome#LOCK_LOST} before {@link ReleaseOutcome#RELEASED}
   * @throws LockClosedException if all of the locks were released before
   * @throws LockTableException if the table cannot be reached and the release was certainly not
   *     applied
   */
  ReleaseOutcome release();

  /**
   * Releases each lock that is not released yet, in reverse order. It never throws: a failure is
   * logged, and the lease expires.
   */
  @Override
  void close();
}
