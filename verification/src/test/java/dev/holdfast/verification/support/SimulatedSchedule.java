package dev.holdfast.verification.support;

import java.util.Optional;

/**
 * One schedule of a simulation. Equal schedules give the same trace, byte by byte.
 *
 * @param <T> the statistics of the simulation
 */
public interface SimulatedSchedule<T> {
  /** Returns empty statistics. */
  T newStatistics();

  /**
   * Runs the schedule.
   *
   * @param totals statistics to which the schedule is added
   * @param trace receives the steps
   * @return the violation, or empty if every invariant holds
   */
  Optional<String> findViolation(T totals, Trace trace);

  /** Returns the number of lines that {@link #traceTail()} shows. */
  int maxTraceLines();

  /** Returns the command that repeats the schedule. */
  String replayCommand();

  /**
   * Runs the schedule without a trace.
   *
   * @param totals statistics to which the schedule is added
   * @return the violation, or empty if every invariant holds
   */
  default Optional<String> findViolation(T totals) {
    return findViolation(totals, Trace.disabled());
  }

  /** Runs the schedule without a trace and without statistics. */
  default Optional<String> findViolation() {
    return findViolation(newStatistics());
  }

  /** Runs the schedule and returns its last steps and its violation. */
  default String traceTail() {
    Trace trace = Trace.enabled();
    String violation = findViolation(newStatistics(), trace).orElse("no violation");
    return trace.tail(maxTraceLines()) + System.lineSeparator() + violation;
  }

  /** Runs the schedule and returns its violation and all steps, to compare two runs. */
  default String fullTrace() {
    Trace trace = Trace.enabled();
    return findViolation(newStatistics(), trace).orElse("no violation") + trace.text();
  }

  /** Returns the schedule and its last steps, for the report of a failed test. */
  default String describe() {
    return System.lineSeparator() + this + System.lineSeparator() + traceTail();
  }
}
