package dev.holdfast.verification.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.FaultInjector;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Counts of the events and of the faults in one or many schedules. A test compares them with the
 * minimum of each event, so that a simulation that no longer reaches a situation fails.
 * Thread-safe.
 *
 * @param <E> the events of one simulation
 */
public class EventCounter<E extends Enum<E>> {
  private final List<E> allEvents;
  private final Map<E, Integer> events;
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private int schedules;

  /**
   * Creates a counter of no schedules.
   *
   * @param type the enum of the events
   */
  protected EventCounter(Class<E> type) {
    this.allEvents = List.of(type.getEnumConstants());
    this.events = new EnumMap<>(type);
  }

  /** Counts an event. */
  public synchronized void count(E event) {
    events.merge(event, 1, Integer::sum);
  }

  /** Adds the faults that an injector has injected. */
  public synchronized void add(FaultInjector injector) {
    for (Fault fault : Fault.values()) {
      faults.merge(fault, injector.injectedCount(fault), Integer::sum);
    }
  }

  /** Adds the counts of another counter, which nothing changes meanwhile. */
  protected final synchronized void merge(EventCounter<E> other, int scheduleCount) {
    schedules += scheduleCount;
    other.events.forEach((event, count) -> events.merge(event, count, Integer::sum));
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
  }

  /** Returns the number of schedules. */
  public final synchronized int schedules() {
    return schedules;
  }

  /** Returns the number of times that an event has occurred. */
  public final synchronized int countOf(E event) {
    return events.getOrDefault(event, 0);
  }

  /** Returns the number of requests that had a fault. */
  public final synchronized int countOf(Fault fault) {
    return faults.getOrDefault(fault, 0);
  }

  /** Returns the number of requests, with and without a fault. */
  protected final synchronized int requests() {
    return faults.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Asserts that each event has its minimum, and that each fault of a single request occurs at
   * least once in four schedules.
   *
   * @param subject the subject of the messages
   * @param minimum the minimum of an event
   */
  protected final synchronized void assertMinimums(String subject, ToIntFunction<E> minimum) {
    for (E event : allEvents) {
      assertThat(countOf(event))
          .as("%s in %d schedules of %s: %s", event, schedules, subject, this)
          .isGreaterThanOrEqualTo(minimum.applyAsInt(event));
    }
    for (Fault fault : RandomFaults.SINGLE_REQUEST) {
      assertThat(countOf(fault))
          .as("%s in %d schedules of %s: %s", fault, schedules, subject, this)
          .isGreaterThanOrEqualTo(schedules / 4);
    }
  }

  /** Returns a row of a Markdown table. */
  public static String row(String label, long times) {
    return String.format(Locale.ROOT, "| %s | %,d |", label, times);
  }

  @Override
  public synchronized String toString() {
    return schedules + " schedules, " + events + ", requests " + faults;
  }
}
