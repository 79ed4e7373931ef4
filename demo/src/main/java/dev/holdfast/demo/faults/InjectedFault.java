package dev.holdfast.demo.faults;

import dev.holdfast.demo.checker.LedgerEntry;
import java.time.Instant;

/**
 * Fault of one execution environment during a step.
 *
 * @param subject the order of the step
 * @param startEntry the start entry of the step
 * @param startedAt the start of the fault
 * @param endedAt the time at which the execution environment resumed or had ended
 */
public record InjectedFault(
    String subject, LedgerEntry startEntry, Instant startedAt, Instant endedAt) {

  /**
   * Returns the affected execution environment.
   *
   * @return the name of the execution environment
   */
  public String environment() {
    return startEntry.environment();
  }
}
