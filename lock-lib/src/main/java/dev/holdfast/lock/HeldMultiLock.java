package dev.holdfast.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Several locks that are held together until they are released or one is lost. Thread-safe, as its
 * locks are; it has no state of its own.
 */
public final class HeldMultiLock implements MultiLease, AutoCloseable {
  private final List<HeldLock> locks;

  public HeldMultiLock(List<HeldLock> locks) {
    this.locks = List.copyOf(locks);
  }

  @Override
  public List<String> names() {
    return locks.stream().map(HeldLock::name).toList();
  }

  @Override
  public Lease lease(String name) {
    return locks.stream()
        .filter(lock -> lock.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "name must be one of " + names() + ", got '" + name + "'"));
  }

  @Override
  public Duration remaining() {
    return locks.stream().map(HeldLock::remaining).min(Duration::compareTo).orElseThrow();
  }

  @Override
  public boolean isHeld() {
    return locks.stream().allMatch(HeldLock::isHeld);
  }

  @Override
  public void ensureHeld() {
    locks.forEach(HeldLock::ensureHeld);
  }

  /**
   * Extends each lock by the lease that it has, from now on: one write each. Where one fails, the
   * others are renewed all the same, and the first failure is thrown with the others suppressed in
   * it.
   *
   * @throws LockException as {@link HeldLock#renew()}; see there whether the lock is still held
   */
  public void renew() {
    forEach(locks, HeldLock::renew);
  }

  /**
   * Extends each lock to another lease, from now on: one write each. Where one fails, the others
   * are renewed all the same, and the first failure is thrown with the others suppressed in it.
   *
   * @param leaseDuration from 1 s to 24 h
   * @throws IllegalArgumentException if the lease is out of range
   * @throws LockException as {@link HeldLock#renew(Duration)}; see there whether the lock is still
   *     held
   */
  public void renew(Duration leaseDuration) {
    LockRequest.checkLeaseDuration(leaseDuration);
    forEach(locks, lock -> lock.renew(leaseDuration));
  }

  /**
   * Releases each lock that was not released before, the last one first: one write each. Where one
   * fails, the others are released all the same, and the first failure is thrown with the others
   * suppressed in it; those that failed may be released again.
   *
   * @return what came of it: of different outcomes the worst, {@link ReleaseOutcome#UNKNOWN} before
   *     {@link ReleaseOutcome#LOCK_LOST} before {@link ReleaseOutcome#RELEASED}
   * @throws LockClosedException if all of them were released before
   * @throws LockTableException if the table could not be asked, and certainly did not do it
   */
  public ReleaseOutcome release() {
    List<HeldLock> unreleased = reversed();
    unreleased.removeIf(lock -> lock.state().phase().isTerminal());
    if (unreleased.isEmpty()) {
      throw new LockClosedException(
          String.join("', '", names()), "release them", "they were released");
    }
    List<ReleaseOutcome> outcomes = new ArrayList<>();
    forEach(unreleased, lock -> outcomes.add(lock.release()));
    return Collections.max(outcomes);
  }

  /**
   * Releases each lock that was not released before, the last one first. Never throws: what goes
   * wrong is logged, and the lease ends by itself.
   */
  @Override
  public void close() {
    reversed().forEach(HeldLock::close);
  }

  private List<HeldLock> reversed() {
    List<HeldLock> reversed = new ArrayList<>(locks);
    Collections.reverse(reversed);
    return reversed;
  }

  private static void forEach(List<HeldLock> locks, Consumer<HeldLock> work) {
    Optional<RuntimeException> firstFailure = Optional.empty();
    for (HeldLock lock : locks) {
      try {
        work.accept(lock);
      } catch (RuntimeException e) {
        firstFailure.ifPresent(failure -> failure.addSuppressed(e));
        firstFailure = firstFailure.or(() -> Optional.of(e));
      }
    }
    if (firstFailure.isPresent()) {
      throw firstFailure.get();
    }
  }

  @Override
  public String toString() {
    return "HeldLocks" + locks;
  }
}
