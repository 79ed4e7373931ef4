package dev.holdfast.lock;

/** A write was sent, no answer came, and whether it took effect cannot be known. */
public final class LockOutcomeUnknownException extends LockException {
  private static final long serialVersionUID = 1L;

  LockOutcomeUnknownException(String name, String operation, Throwable cause) {
    super(
        "no answer to "
            + operation
            + " of lock '"
            + name
            + "': it may or may not have taken effect",
        cause);
  }
}
