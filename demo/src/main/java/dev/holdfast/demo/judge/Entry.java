package dev.holdfast.demo.judge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a subject's history, as the side effect wrote it.
 *
 * @param kind what happened
 * @param attempt joins the beginning of an attempt to its end
 * @param step what was done
 * @param sandbox who did it
 * @param at when it was written, by the writer's clock
 */
public record Entry(Kind kind, String attempt, String step, String sandbox, Instant at) {

  /** What an entry says. */
  public enum Kind {
    /** Work began. */
    BEGIN,
    /** Work ended. */
    END,
    /** The ledger refused a beginning or an end, since its fencing token was stale. */
    REFUSED;

    boolean mayFollow(@Nullable Kind before) {
      return switch (this) {
        case BEGIN -> before == null;
        case END -> before == BEGIN;
        case REFUSED -> before == BEGIN || before == null;
      };
    }
  }
}
