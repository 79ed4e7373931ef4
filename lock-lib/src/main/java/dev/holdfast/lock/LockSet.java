package dev.holdfast.lock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Several locks that are wanted together, all or nothing, and how. Immutable; every method but
 * {@code of} returns a changed copy.
 *
 * @param names the resource ids, 1 to 100: sorted by their bytes of UTF-8, each once, however they
 *     were given
 * @param lease how long others wait for a holder that crashed, from 1 s to 24 h; null for the
 *     default of {@link Locks}
 * @param waitUpTo how long {@link Locks#acquireAll} waits for all of them together, from 0 to 24 h;
 *     null for the default of {@link Locks}
 * @param event the id of the event that is worked on, for others to see; null for none
 * @param holder who asks, for people; null for the default of {@link Locks}
 * @param callsWithin how long until every call made for these locks must have ended, the releases
 *     too; null for no such end
 */
public record LockSet(
    List<String> names,
    @Nullable Duration lease,
    @Nullable Duration waitUpTo,
    @Nullable String event,
    @Nullable String holder,
    @Nullable Duration callsWithin) {
  private static final int NAMES_MAX = 100;

  /**
   * Validates and sorts.
   *
   * @throws IllegalArgumentException if there is no name or more than 100, or if a name or a
   *     duration is out of range
   */
  public LockSet {
    TreeSet<String> sorted = new TreeSet<>(Names.BY_BYTES);
    for (String name : names) {
      sorted.add(
          new LockRequest(name, lease, waitUpTo, event, holder, callsWithin, null, null).name());
    }
    if (sorted.isEmpty() || sorted.size() > NAMES_MAX) {
      throw new IllegalArgumentException(
          "a set of locks must have 1 to 100 names, got "
              + sorted.size()
              + ": name what the work touches, or a lock that stands for all of it");
    }
    names = List.copyOf(sorted);
  }

  /**
   * A set with the defaults of the {@link Locks} that it is given to.
   *
   * @param first a resource id
   * @param others more of them, in any order
   * @return the set
   * @throws IllegalArgumentException if there are more than 100, or one is no name for a lock
   */
  public static LockSet of(String first, String... others) {
    List<String> names = new ArrayList<>(Arrays.asList(others));
    names.add(first);
    return of(names);
  }

  /**
   * A set with the defaults of the {@link Locks} that it is given to.
   *
   * @param names resource ids, in any order
   * @return the set
   * @throws IllegalArgumentException if there are none or more than 100, or one is no name for a
   *     lock
   */
  public static LockSet of(Collection<String> names) {
    return new LockSet(List.copyOf(names), null, null, null, null, null);
  }

  /**
   * Sets the lease of each lock.
   *
   * @param value from 1 s to 24 h
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range
   */
  public LockSet lease(Duration value) {
    Objects.requireNonNull(value, "lease");
    return new LockSet(names, value, waitUpTo, event, holder, callsWithin);
  }

  /**
   * Sets how long {@link Locks#acquireAll} and {@link Locks#callAll} wait for all of the locks
   * together.
   *
   * @param value from 0 to 24 h
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range
   */
  public LockSet waitUpTo(Duration value) {
    Objects.requireNonNull(value, "waitUpTo");
    return new LockSet(names, lease, value, event, holder, callsWithin);
  }

  /**
   * Says which event is worked on, so that others see it in {@link Holder#event}.
   *
   * @param id the event's id
   * @return a changed copy
   * @throws IllegalArgumentException if it is empty or not valid Unicode
   */
  public LockSet event(String id) {
    Objects.requireNonNull(id, "event");
    return new LockSet(names, lease, waitUpTo, id, holder, callsWithin);
  }

  /**
   * Says who asks, for people and logs.
   *
   * @param description cut to one line of 200 characters when it is written
   * @return a changed copy
   * @throws IllegalArgumentException if it is blank
   */
  public LockSet holder(String description) {
    Objects.requireNonNull(description, "holder");
    return new LockSet(names, lease, waitUpTo, event, description, callsWithin);
  }

  /**
   * Bounds every call that is made for these locks, as an invocation's remaining time does.
   *
   * @param timeLeft from now on, from 0 to 24 h
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range
   */
  public LockSet callsWithin(Duration timeLeft) {
    Objects.requireNonNull(timeLeft, "callsWithin");
    return new LockSet(names, lease, waitUpTo, event, holder, timeLeft);
  }

  LockRequest request(String name) {
    return new LockRequest(name, lease, waitUpTo, event, holder, callsWithin, null, null);
  }

  /** What was set. */
  @Override
  public String toString() {
    return Shown.of(LockSet.class, names)
        .and("lease", lease)
        .and("wait up to", waitUpTo)
        .and("event", event)
        .and("holder", holder)
        .and("calls within", callsWithin)
        .toString();
  }
}
