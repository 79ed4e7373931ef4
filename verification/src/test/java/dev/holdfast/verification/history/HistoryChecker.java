package dev.holdfast.verification.history;

import dev.holdfast.verification.history.HistoryEvent.Acquired;
import dev.holdfast.verification.history.HistoryEvent.Completed;
import dev.holdfast.verification.history.HistoryEvent.ObservedHeld;
import dev.holdfast.verification.history.HistoryEvent.ObservedNotHeld;
import dev.holdfast.verification.history.HistoryEvent.WriteAttempted;
import dev.holdfast.verification.history.HistoryEvent.Written;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks a history of several hosts for contradictions. It knows no rules, rows or leases. It
 * compares the observations of the hosts and the final values of the registers. It uses only
 * certain facts: the reply of one call precedes the request of another, and a lock is held from the
 * first to the last positive observation.
 */
public final class HistoryChecker {
  private final List<HistoryEvent> events;
  private final Map<String, Long> registers;
  private final Map<String, Acquired> acquisitions = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  /**
   * Creates a checker of a finished history.
   *
   * @param events the events of all hosts; the events of each host are in order
   * @param registers the final value of each register; registers start at 0
   */
  public HistoryChecker(List<HistoryEvent> events, Map<String, Long> registers) {
    this.events = List.copyOf(events);
    this.registers = Map.copyOf(registers);
    eventsOfType(Acquired.class).forEach(acquired -> acquisitions.put(acquired.hold(), acquired));
  }

  /**
   * Returns the violations.
   *
   * @return one line for each; empty if the history is consistent
   */
  public List<String> violations() {
    violations.clear();
    Map<String, List<Acquired>> byName =
        eventsOfType(Acquired.class).stream().collect(Collectors.groupingBy(Acquired::name));
    byName.values().forEach(this::checkTokens);
    new MutualExclusionChecker(
            eventsOfType(ObservedHeld.class),
            eventsOfType(ObservedNotHeld.class),
            acquisitions,
            violations)
        .check();
    eventsOfType(Completed.class)
        .forEach(
            completed ->
                checkRetention(completed, byName.getOrDefault(completed.name(), List.of())));
    Map<String, List<Written>> byRegister =
        eventsOfType(Written.class).stream().collect(Collectors.groupingBy(Written::register));
    registers.keySet().forEach(register -> byRegister.putIfAbsent(register, List.of()));
    byRegister.forEach(this::checkRegister);
    return List.copyOf(violations);
  }

  private <T extends HistoryEvent> List<T> eventsOfType(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * Checks that a call gets a larger token than the calls that were answered before it, and that
   * tokens are unique.
   */
  private void checkTokens(List<Acquired> acquisitionsOfLock) {
    TreeSet<Long> tokens = new TreeSet<>();
    acquisitionsOfLock.forEach(
        acquired -> require(tokens.add(acquired.token()), "duplicate token", acquired, acquired));
    List<Acquired> byReplyTime =
        acquisitionsOfLock.stream().sorted(Comparator.comparingLong(Acquired::repliedAt)).toList();
    List<Acquired> byRequestTime =
        acquisitionsOfLock.stream()
            .sorted(Comparator.comparingLong(Acquired::requestedAt))
            .toList();
    Acquired largest = null;
    int repliedCount = 0;
    for (Acquired acquired : byRequestTime) {
      while (repliedCount < byReplyTime.size()
          && byReplyTime.get(repliedCount).repliedAt() < acquired.requestedAt()) {
        Acquired earlier = byReplyTime.get(repliedCount++);
        largest = largest == null || earlier.token() > largest.token() ? earlier : largest;
      }
      if (largest != null) {
        require(acquired.token() > largest.token(), "token decreased", largest, acquired);
      }
    }
  }

  /** Checks that no host acquires a lock within the retention of its completion. */
  private void checkRetention(Completed completed, List<Acquired> acquisitionsOfLock) {
    for (Acquired acquired : acquisitionsOfLock) {
      boolean duringRetention =
          acquired.requestedAt() > completed.repliedAt()
              && acquired.repliedAt() < completed.expiresAt();
      require(
          !duringRetention, "acquired within the retention of a completion", completed, acquired);
    }
  }

  /**
   * Checks that the acknowledged writes are distinct increments from 0 to the final value, in the
   * order of their tokens.
   */
  private void checkRegister(String register, List<Written> acknowledged) {
    long finalValue = registers.getOrDefault(register, 0L);
    if (finalValue > maxWrites(register, acknowledged)) {
      violations.add(
          "register larger than the number of writes: " + register + " is " + finalValue);
    }
    List<Written> byValue =
        acknowledged.stream().sorted(Comparator.comparingLong(Written::value)).toList();
    for (int i = 0; i < byValue.size(); i++) {
      Written current = byValue.get(i);
      require(current.value() <= finalValue, "acknowledged write not counted", current, current);
      if (i > 0) {
        Written previous = byValue.get(i - 1);
        require(previous.value() < current.value(), "acknowledged write lost", previous, current);
        require(
            tokenOf(previous) <= tokenOf(current), "write by a stale holder", previous, current);
      }
    }
  }

  /**
   * Returns the maximum number of writes. A process that was killed during a write could not report
   * it.
   */
  private long maxWrites(String register, List<Written> acknowledged) {
    Map<String, Long> writesByHold = new HashMap<>();
    eventsOfType(WriteAttempted.class).stream()
        .filter(each -> each.register().equals(register))
        .forEach(each -> writesByHold.merge(each.hold(), 1L, Long::sum));
    Map<String, Long> acknowledgedByHold =
        acknowledged.stream().collect(Collectors.groupingBy(Written::hold, Collectors.counting()));
    acknowledgedByHold.forEach((hold, count) -> writesByHold.merge(hold, count, Math::max));
    return writesByHold.values().stream().mapToLong(Long::longValue).sum();
  }

  private long tokenOf(Written written) {
    Acquired acquired = acquisitions.get(written.hold());
    if (acquired == null) {
      throw new IllegalArgumentException("write of an unknown hold: " + written);
    }
    return acquired.token();
  }

  private void require(boolean condition, String message, HistoryEvent one, HistoryEvent other) {
    if (!condition) {
      violations.add(
          message + ": " + one.toLine() + (one.equals(other) ? "" : ", " + other.toLine()));
    }
  }
}
