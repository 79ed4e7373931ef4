package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.HeldMultiLock;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.LockCallback;
import dev.holdfast.lock.LockClosedException;
import dev.holdfast.lock.MultiLease;
import dev.holdfast.lock.ReleaseOutcome;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Several held locks, in the order in which they were acquired. Thread-safe. */
final class DefaultHeldMultiLock implements HeldMultiLock {
  private final List<DefaultHeldLock> locks;

  DefaultHeldMultiLock(List<DefaultHeldLock> locks) {
    this.locks = List.copyOf(locks);
  }

  @Override
  public List<String> names() {
    return locks.stream().map(DefaultHeldLock::name).toList();
  }

  @Override
  public Lease lease(String name) {
    Objects.requireNonNull(name, "name");
    return locks.stream()
        .filter(lock -> lock.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "name must be one of "
                        + names().stream().map(LogText::escape).toList()
                        + ", got "
                        + LogText.quote(name)));
  }

  /** Does work under all locks on this thread. */
  <T, X extends Exception> T call(LockCallback<MultiLease, T, X> work) throws X {
    return callUnder(0, work);
  }

  private <T, X extends Exception> T callUnder(int index, LockCallback<MultiLease, T, X> work)
      throws X {
    return index == locks.size()
        ? work.call(this)
        : locks.get(index).call(lease -> callUnder(index + 1, work));
  }

  @Override
  public Duration remaining() {
    return locks.stream().map(DefaultHeldLock::remaining).min(Duration::compareTo).orElseThrow();
  }

  @Override
  public boolean isHeld() {
    return locks.stream().allMatch(DefaultHeldLock::isHeld);
  }

  @Override
  public void ensureHeld() {
    locks.forEach(DefaultHeldLock::ensureHeld);
  }

  @Override
  public void renew() {
    forEach(locks, DefaultHeldLock::renew);
  }

  @Override
  public void renew(Duration leaseDuration) {
    RequestDefaults.checkLeaseDuration(leaseDuration);
    forEach(locks, lock -> lock.renew(leaseDuration));
  }

  @Override
  public ReleaseOutcome release() {
    List<DefaultHeldLock> unreleased = reversed();
    unreleased.removeIf(lock -> lock.lifecycle().state().phase().isTerminal());
    if (unreleased.isEmpty()) {
      throw new LockClosedException(
          String.join("', '", names()), "release them", "they were released");
    }
    List<ReleaseOutcome> outcomes = new ArrayList<>();
    forEach(unreleased, lock -> outcomes.add(lock.release()));
    return Collections.max(outcomes);
  }

  @Override
  public void close() {
    reversed().forEach(DefaultHeldLock::close);
  }

  private List<DefaultHeldLock> reversed() {
    List<DefaultHeldLock> reversed = new ArrayList<>(locks);
    Collections.reverse(reversed);
    return reversed;
  }

  private static void forEach(List<DefaultHeldLock> locks, Consumer<DefaultHeldLock> work) {
    Optional<RuntimeException> firstFailure = Optional.empty();
    for (DefaultHeldLock lock : locks) {
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
    return "HeldMultiLock" + locks;
  }
}
