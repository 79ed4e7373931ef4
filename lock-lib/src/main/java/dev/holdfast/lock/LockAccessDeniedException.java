package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the caller's role lacks a permission for the table, or the caller has no valid
 * credentials. The message names the missing permission.
 */
public final class LockAccessDeniedException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the problem, the expectation and what to do
   * @param cause the SDK's exception; null if there is none
   */
  public LockAccessDeniedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
