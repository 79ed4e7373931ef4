package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** A write was sent, no answer came, and whether it took effect cannot be known. */
public final class LockOutcomeUnknownException extends LockException {
  private static final long serialVersionUID = 1L;

  public LockOutcomeUnknownException(String name, String operation, @Nullable Throwable cause) {
    super(
        "no answer to "
            + operation
            + " of lock '"
            + name
            + "': it may or may not have taken effect",
        cause);
  }
}
