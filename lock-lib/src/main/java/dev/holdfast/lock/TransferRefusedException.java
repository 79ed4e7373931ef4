package dev.holdfast.lock;

/** Thrown when a transfer cannot be resumed, now or later. No row was changed. */
public final class TransferRefusedException extends LockException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Reason of the refusal. */
  public enum Reason {
    /** The text is not a transfer, is incomplete or was altered. */
    MALFORMED,
    /** The transfer was created by a newer version of the library. */
    UNSUPPORTED_VERSION,
    /** The lock is in another table. */
    WRONG_TABLE,
    /** The lease of the lock has expired. */
    EXPIRED,
    /** The transfer was used, another holder acquired the lock, or its row was deleted. */
    ALREADY_USED
  }

  /**
   * Creates the exception.
   *
   * @param reason reason of the refusal
   * @param message the problem and what to do
   */
  public TransferRefusedException(Reason reason, String message) {
    super(message, null);
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
