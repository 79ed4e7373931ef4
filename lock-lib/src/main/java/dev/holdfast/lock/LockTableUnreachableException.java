package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the table does not reply: because of a timeout, a lost connection or a service error.
 */
public final class LockTableUnreachableException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the problem, the expectation and what to do
   * @param cause the SDK's exception; null if there is none
   */
  public LockTableUnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
