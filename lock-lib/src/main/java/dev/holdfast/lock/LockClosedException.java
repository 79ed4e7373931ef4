package dev.holdfast.lock;

/** A lock was used after it had been released or completed. */
public final class LockClosedException extends LockException {
  private static final long serialVersionUID = 1L;

  LockClosedException(String name, String operation) {
    super(
        "lock '"
            + name
            + "' was already released or completed, cannot "
            + operation
            + ": acquire it again",
        null);
  }
}
