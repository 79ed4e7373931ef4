package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Request for several locks, all of them or no lock. Immutable; every method except {@code of}
 * returns a changed copy.
 *
 * @param names the locks' names, 1 to 100, sorted by their bytes of UTF-8 and without duplicates
 * @param leaseDuration duration of each lease, from 1 s to 24 h; null for the default of {@link
 *     LockClient}
 * @param maxWait maximum wait of {@link LockClient#acquireAll} for all locks together, from 0 to 24
 *     h; null for the default of {@link LockClient}
 * @param event id of the event that is processed, which others see; null for none
 * @param holder description of the holder for people; null for the default of {@link LockClient}
 * @param requestDeadline time from now in which every request for these locks must end, including
 *     the releases; null for no limit
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
   * Validates the components, and sorts the names.
   *
   * @throws IllegalArgumentException if there is no name or more than 100, or if a name or a
   *     duration is out of range
   */
  public MultiLockRequest {
    Objects.requireNonNull(names, "names");
    TreeSet<String> sorted = new TreeSet<>(Arguments.UTF8_BYTE_ORDER);
    for (String name : names) {
      sorted.add(
          new LockRequest(name, leaseDuration, maxWait, event, holder, requestDeadline, null, null)
              .name());
    }
    if (sorted.isEmpty() || sorted.size() > NAMES_MAX) {
      throw new IllegalArgumentException(
          "a request must have 1 to 100 names, got "
              + sorted.size()
              + ": name the resources of the work, or one lock that stands for all of them");
    }
    names = List.copyOf(sorted);
  }

  /**
   * Returns a request with the defaults of the {@link LockClient} that executes it.
   *
   * @param first a lock's name
   * @param others further names, in any order
   * @return the request
   * @throws IllegalArgumentException if there are more than 100 names, or a name is not valid
   */
  public static MultiLockRequest of(String first, String... others) {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(others, "others");
    List<String> names = new ArrayList<>(Arrays.asList(others));
    names.add(first);
    return of(names);
  }

  /**
   * Returns a request with the defaults of the {@link LockClient} that executes it.
   *
   * @param names the locks' names, in any order
   * @return the request
   * @throws IllegalArgumentException if there is no name, there are more than 100, or a name is not
   *     valid
   */
  public static MultiLockRequest of(Collection<String> names) {
    Objects.requireNonNull(names, "names");
    return new MultiLockRequest(List.copyOf(names), null, null, null, null, null);
  }

  /**
   * Sets the lease duration of each lock.
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
   * Sets the maximum wait of {@link LockClient#acquireAll}, {@link LockClient#callAll} and {@link
   * LockClient#runAll} for all locks together.
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
   * Sets the event that is processed, so that others see it in {@link Holder#event}.
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
   * Sets the description of the holder for people and logs.
   *
   * @param description any text; truncated to one line of 200 characters in the row
   * @return a changed copy
   * @throws IllegalArgumentException if it is blank
   */
  public MultiLockRequest holder(String description) {
    Objects.requireNonNull(description, "holder");
    return new MultiLockRequest(names, leaseDuration, maxWait, event, description, requestDeadline);
  }

  /**
   * Sets the time in which every request for these locks must end, for example the remaining time
   * of an invocation.
   *
   * @param remainingTime from now on, from 0 to 24 h
   * @return a changed copy
   * @throws IllegalArgumentException if it is out of range
   */
  public MultiLockRequest requestDeadline(Duration remainingTime) {
    Objects.requireNonNull(remainingTime, "requestDeadline");
    return new MultiLockRequest(names, leaseDuration, maxWait, event, holder, remainingTime);
  }

  /** Returns the components that are set. */
  @Override
  public String toString() {
    return Arguments.ToStringBuilder.of(MultiLockRequest.class, names)
        .add("leaseDuration", leaseDuration)
        .add("maxWait", maxWait)
        .add("event", event)
        .add("holder", holder)
        .add("requestDeadline", requestDeadline)
        .toString();
  }
}
