package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockTableException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the creation or deletion of a table is refused because it would do harm. The message
 * says what to do.
 */
public final class LockTableRefusedException extends LockTableException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Reason of a refusal. */
  public enum Reason {
    /** A table of that name exists and is not a lock table. */
    NOT_A_LOCK_TABLE,
    /** The table is tagged as a lock table, but it has another key. */
    WRONG_SCHEMA,
    /** The deletion protection of the table is enabled. */
    DELETION_PROTECTED,
    /** Locks in the table are held. */
    LOCKS_HELD,
    /** The table contains rows that are not lock rows. */
    UNRECOGNIZED_ROWS,
    /** The table is being created, changed or deleted, and was not ready in time. */
    NOT_READY
  }

  LockTableRefusedException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * Returns the reason of the refusal.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
