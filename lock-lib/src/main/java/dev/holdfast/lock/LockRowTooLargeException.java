package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** Thrown when the row would exceed DynamoDB's item size limit. */
public final class LockRowTooLargeException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the problem, the expectation and what to do
   * @param cause the SDK's exception; null if there is none
   */
  public LockRowTooLargeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
