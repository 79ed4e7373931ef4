package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** Thrown when the table limits the request rate for longer than the caller waits. */
public final class LockThrottledException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the problem, the expectation and what to do
   * @param cause the SDK's exception; null if there is none
   */
  public LockThrottledException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
