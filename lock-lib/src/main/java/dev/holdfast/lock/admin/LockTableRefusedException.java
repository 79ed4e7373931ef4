package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockTableException;
import org.jspecify.annotations.Nullable;

/** A table was not created or deleted, since that would do harm. The message says what to do. */
public final class LockTableRefusedException extends LockTableException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** There is a table of that name that is not known as a lock table. */
    NOT_A_LOCK_TABLE,
    /** It is known as a lock table, but has another key. */
    WRONG_SCHEMA,
    /** DynamoDB is told not to delete it. */
    DELETION_PROTECTED,
    /** Locks of it are held. */
    LOCKS_HELD,
    /** It has rows that are not ours. */
    UNRECOGNIZED_ROWS,
    /** It is being created, changed or deleted, and was not ready in time. */
    NOT_READY
  }

  LockTableRefusedException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * Why it was refused.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
