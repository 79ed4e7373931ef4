package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a write was sent and no reply was received. The write may or may not have been
 * applied.
 */
public final class LockOutcomeUnknownException extends LockException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param name the lock's name
   * @param operation the operation, such as {@code the renewal}
   * @param cause the SDK's exception; null if there is none
   */
  public LockOutcomeUnknownException(String name, String operation, @Nullable Throwable cause) {
    super(
        "no reply to "
            + operation
            + " of lock "
            + LogText.quote(name)
            + " was received: it may or may not have been applied",
        cause);
  }
}
