package dev.holdfast.lock;

/** A ticket cannot be redeemed, and never will be. Nobody's row was touched. */
public final class TransferRefusedException extends LockException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** It is no ticket, or not the whole of one, or was altered. */
    MALFORMED,
    /** It is of a newer version of the library. */
    UNSUPPORTED_VERSION,
    /** Its lock is in another table. */
    WRONG_TABLE,
    /** The lease of the lock has ended. */
    EXPIRED,
    /** It was redeemed before, or the lock went to somebody else, or its row was deleted. */
    ALREADY_USED
  }

  public TransferRefusedException(Reason reason, String message) {
    super(message, null);
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
