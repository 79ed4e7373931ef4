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
 * @param leaseDuration how long others wait for a holder that crashed, from 1 s to 24 h; null for
 *     the default of {@link LockClient}
 * @param maxWait how long {@link LockClient#acquireAll} waits for all of them together, from 0 to
 *     24 h; null for the default of {@link LockClient}
 * @param event the id of the event that is worked on, for others to see; null for none
 * @param holder who asks, for people; null for the default of {@link LockClient}
 * @param requestDeadline how long until every call made for these locks must have ended, the
 *     releases too; null for no such end
 */
public record MultiLockRequest(
    List<String> names,
    @Nullable Duration leaseDuration,
    @Nullable Duration maxWait,
    @Nullable String event,
    @Nullable String holder,
    @Nullable Duration requestDeadline) {
  private static final int NAMES_MAX = 100;

  /**
   * Validates and sorts.
   *
   * @throws IllegalArgumentException if there is no name or more than 100, or if a name or a
   *     duration is out of range
   */
  public MultiLockRequest {
    TreeSet<String> sorted = new TreeSet<>(LockNames.UTF8_BYTE_ORDER);
    for (String name : names) {
      sorted.add(
          new LockRequest(name, leaseDuration, maxWait, event, holder, requestDeadline, null, null)
              .name());
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
   * A set with the defaults of the {@link LockClient} that it is given to.
   *
   * @param first a resource id
   * @param others more of them, in any order
   * @return the set
   * @throws IllegalArgumentException if there are more than 100, or one is no name for a lock
   */
  public static MultiLockRequest of(String first, String... others) {
    List<String> names = new ArrayList<>(Arrays.asList(others));
    names.add(first);
    return of(names);
  }

  /**
   * A set with the defaults of the {@link LockClient} that it is given to.
   *
   * @param names resource ids, in any order
   * @return the set
   * @throws IllegalArgumentException if there are none or more than 100, or one is no name for a
   *     lock
   */
  public static MultiLockRequest of(Collection<String> names) {
    return new MultiLockRequest(List.copyOf(names), null, null, null, null, null);
  }

  /**
   * Sets the lease of each lock.
   *
   * @param value from 1 s to 24 h
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range
   */
  public MultiLockRequest leaseDuration(Duration value) {
    Objects.requireNonNull(value, "leaseDuration");
    return new MultiLockRequest(names, value, maxWait, event, holder, requestDeadline);
  }

  /**
   * Sets how long {@link LockClient#acquireAll} and {@link LockClient#callAll} wait for all of the
   * locks together.
   *
   * @param value from 0 to 24 h
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range
   */
  public MultiLockRequest maxWait(Duration value) {
    Objects.requireNonNull(value, "maxWait");
    return new MultiLockRequest(names, leaseDuration, value, event, holder, requestDeadline);
  }

  /**
   * Says which event is worked on, so that others see it in {@link Holder#event}.
   *
   * @param id the event's id
   * @return a changed copy
   * @throws IllegalArgumentException if it is empty or not valid Unicode
   */
  public MultiLockRequest event(String id) {
    Objects.requireNonNull(id, "event");
    return new MultiLockRequest(names, leaseDuration, maxWait, id, holder, requestDeadline);
  }

  /**
   * Says who asks, for people and logs.
   *
   * @param description cut to one line of 200 characters when it is written
   * @return a changed copy
   * @throws IllegalArgumentException if it is blank
   */
  public MultiLockRequest holder(String description) {
    Objects.requireNonNull(description, "holder");
    return new MultiLockRequest(names, leaseDuration, maxWait, event, description, requestDeadline);
  }

  /**
   * Bounds every call that is made for these locks, as an invocation's remaining time does.
   *
   * @param remainingTime from now on, from 0 to 24 h
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range
   */
  public MultiLockRequest requestDeadline(Duration remainingTime) {
    Objects.requireNonNull(remainingTime, "requestDeadline");
    return new MultiLockRequest(names, leaseDuration, maxWait, event, holder, remainingTime);
  }

  /** What was set. */
  @Override
  public String toString() {
    return ToStringBuilder.of(MultiLockRequest.class, names)
        .add("leaseDuration", leaseDuration)
        .add("maxWait", maxWait)
        .add("event", event)
        .add("holder", holder)
        .add("requestDeadline", requestDeadline)
        .toString();
  }
}
