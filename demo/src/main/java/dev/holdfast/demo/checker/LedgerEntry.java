package dev.holdfast.demo.checker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a subject's history, as the side effect wrote it.
 *
 * @param kind what happened
 * @param attemptId joins the beginning of an attempt to its end
 * @param step what was done
 * @param environment who did it
 * @param timestamp when it was written, by the writer's clock
 */
public record LedgerEntry(
    Kind kind, String attemptId, String step, String environment, Instant timestamp) {

  /** What an entry says. */
  public enum Kind {
    /** Work began. */
    START,
    /** Work ended. */
    END,
    /** The ledger refused a beginning or an end, since its fencing token was stale. */
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
