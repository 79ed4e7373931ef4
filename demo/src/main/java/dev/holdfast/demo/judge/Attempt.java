package dev.holdfast.demo.judge;

import java.time.Instant;

/**
 * Work that was begun.
 *
 * @param subject what was worked on
 * @param begin its first entry in the ledger
 * @param end when it ended
 * @param outcome how it ended
 * @param from the position of its beginning in the subject's history
 * @param to the position of its end in the subject's history
 */
public record Attempt(String subject, Entry begin, Instant end, Outcome outcome, int from, int to) {

  /** How an attempt ended. */
  public enum Outcome {
    /** The work was done. */
    DONE,
    /** The ledger refused its end: somebody with a newer token was there meanwhile. */
    REFUSED,
    /** Its sandbox ended first. */
    DIED,
    /** Nobody knows of an end. */
    NEVER_ENDED
  }

  /**
   * What was done.
   *
   * @return the step
   */
  public String step() {
    return begin.step();
  }

  /**
   * Who did it.
   *
   * @return the sandbox's name
   */
  public String sandbox() {
    return begin.sandbox();
  }

  boolean overlaps(Attempt other) {
    return from < other.to && other.from < to;
  }
}
