package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;

/** Thrown when a lock is used after it was released, completed or transferred. */
public final class LockClosedException extends LockException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param name the lock's name
   * @param operation the refused operation, such as {@code renew it}
   * @param reason reason of the refusal
   */
  public LockClosedException(String name, String operation, String reason) {
    super(
        "lock "
            + LogText.quote(name)
            + ": cannot "
            + operation
            + ", because "
            + reason
            + "; acquire it again",
        null);
  }
}
