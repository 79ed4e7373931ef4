package dev.holdfast.demo.checker;

import java.time.Instant;

/**
 * One attempt to execute a step.
 *
 * @param subject the order or report
 * @param startEntry the ledger entry of the start
 * @param endedAt the time of the end
 * @param outcome the outcome
 * @param startIndex the index of the start entry in the history of the subject
 * @param endIndex the index of the end entry in the history of the subject
 */
public record Attempt(
    String subject,
    LedgerEntry startEntry,
    Instant endedAt,
    Outcome outcome,
    int startIndex,
    int endIndex) {

  /** Outcome of an attempt. */
  public enum Outcome {
    /** The step was completed. */
    COMPLETED,
    /**
     * The ledger rejected the end entry, because a holder with a newer fencing token had written.
     */
    REJECTED,
    /** The execution environment ended before the step did. */
    CRASHED,
    /** The ledger has no end entry, and the execution environment did not end. */
    UNFINISHED
  }

  /**
   * Returns the executed step.
   *
   * @return the name of the step
   */
  public String step() {
    return startEntry.step();
  }

  /**
   * Returns the execution environment of this attempt.
   *
   * @return the name of the execution environment
   */
  public String environment() {
    return startEntry.environment();
  }

  boolean overlaps(Attempt other) {
    return startIndex < other.endIndex && other.startIndex < endIndex;
  }
}
