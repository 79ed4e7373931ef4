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
public final class HeldLocks implements Leases, AutoCloseable {
  private final List<HeldLock> members;

  HeldLocks(List<HeldLock> members) {
    this.members = List.copyOf(members);
  }

  @Override
  public List<String> names() {
    return members.stream().map(HeldLock::name).toList();
  }

  @Override
  public Lease lease(String name) {
    return members.stream()
        .filter(member -> member.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "name must be one of " + names() + ", got '" + name + "'"));
  }

  @Override
  public Duration remaining() {
    return members.stream().map(HeldLock::remaining).min(Duration::compareTo).orElseThrow();
  }

  @Override
  public boolean isHeld() {
    return members.stream().allMatch(HeldLock::isHeld);
  }

  @Override
  public void ensureHeld() {
    members.forEach(HeldLock::ensureHeld);
  }

  /**
   * Extends each lock by the lease that it has, from now on: one write each. Where one fails, the
   * others are renewed all the same, and the first failure is thrown with the others suppressed in
   * it.
   *
   * @throws LockException as {@link HeldLock#renew()}; see there whether the lock is still held
   */
  public void renew() {
    forEach(members, HeldLock::renew);
  }

  /**
   * Extends each lock to another lease, from now on: one write each. Where one fails, the others
   * are renewed all the same, and the first failure is thrown with the others suppressed in it.
   *
   * @param lease from 1 s to 24 h
   * @throws IllegalArgumentException if the lease is out of range
   * @throws LockException as {@link HeldLock#renew(Duration)}; see there whether the lock is still
   *     held
   */
  public void renew(Duration lease) {
    LockRequest.checkLease(lease);
    forEach(members, member -> member.renew(lease));
  }

  /**
   * Releases each lock that was not released before, the last one first: one write each. Where one
   * fails, the others are released all the same, and the first failure is thrown with the others
   * suppressed in it; those that failed may be released again.
   *
   * @return what came of it: of different outcomes the worst, {@link ReleaseOutcome#UNKNOWN} before
   *     {@link ReleaseOutcome#LATE} before {@link ReleaseOutcome#RELEASED}
   * @throws LockClosedException if all of them were released before
   * @throws LockTableException if the table could not be asked, and certainly did not do it
   */
  public ReleaseOutcome release() {
    List<HeldLock> open = lastFirst();
    open.removeIf(member -> member.seen().phase().isOver());
    if (open.isEmpty()) {
      throw new LockClosedException(
          String.join("', '", names()), "release them", "they were released");
    }
    List<ReleaseOutcome> outcomes = new ArrayList<>();
    forEach(open, member -> outcomes.add(member.release()));
    return Collections.max(outcomes);
  }

  /**
   * Releases each lock that was not released before, the last one first. Never throws: what goes
   * wrong is logged, and the lease ends by itself.
   */
  @Override
  public void close() {
    lastFirst().forEach(HeldLock::close);
  }

  private List<HeldLock> lastFirst() {
    List<HeldLock> reversed = new ArrayList<>(members);
    Collections.reverse(reversed);
    return reversed;
  }

  private static void forEach(List<HeldLock> members, Consumer<HeldLock> work) {
    Optional<RuntimeException> first = Optional.empty();
    for (HeldLock member : members) {
      try {
        work.accept(member);
      } catch (RuntimeException e) {
        first.ifPresent(f -> f.addSuppressed(e));
        first = first.or(() -> Optional.of(e));
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  @Override
  public String toString() {
    return "HeldLocks" + members;
  }
}
