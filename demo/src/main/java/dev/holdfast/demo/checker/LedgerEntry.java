package dev.holdfast.demo.checker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry in the history of a subject.
 *
 * @param kind the kind of entry
 * @param attemptId the id that the start and the end of one attempt share
 * @param step the executed step
 * @param environment the name of the execution environment
 * @param timestamp the time of the entry by the clock of its writer
 */
public record LedgerEntry(
    Kind kind, String attemptId, String step, String environment, Instant timestamp) {

  /** Kind of a ledger entry. */
  public enum Kind {
    /** A step started. */
    START,
    /** A step ended. */
    END,
    /** The ledger rejected a start or an end, because its fencing token was stale. */
    REJECTED;

    boolean mayFollow(@Nullable Kind previous) {
      return switch (this) {
        case START -> previous == null;
        case END -> previous == START;
        case REJECTED -> previous == START || previous == null;
      };
    }
  }
}
