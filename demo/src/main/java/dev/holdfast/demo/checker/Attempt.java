package dev.holdfast.demo.checker;

import java.time.Instant;

/**
 * Work that was begun.
 *
 * @param subject what was worked on
 * @param startEntry its first entry in the ledger
 * @param endedAt when it ended
 * @param outcome how it ended
 * @param startIndex the position of its beginning in the subject's history
 * @param endIndex the position of its end in the subject's history
 */
public record Attempt(
    String subject,
    LedgerEntry startEntry,
    Instant endedAt,
    Outcome outcome,
    int startIndex,
    int endIndex) {

  /** How an attempt ended. */
  public enum Outcome {
    /** The work was done. */
    COMPLETED,
    /** The ledger refused its end: somebody with a newer token was there meanwhile. */
    REJECTED,
    /** Its sandbox ended first. */
    CRASHED,
    /** Nobody knows of an end. */
    UNFINISHED
  }

  /**
   * What was done.
   *
   * @return the step
   */
  public String step() {
    return startEntry.step();
  }

  /**
   * Who did it.
   *
   * @return the sandbox's name
   */
  public String environment() {
    return startEntry.environment();
  }

  boolean overlaps(Attempt other) {
    return startIndex < other.endIndex && other.startIndex < endIndex;
  }
}
