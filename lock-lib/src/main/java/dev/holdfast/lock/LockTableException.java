package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** Thrown when the lock table cannot be used. The message states the reason and what to do. */
public class LockTableException extends LockException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the problem, the expectation and what to do
   * @param cause the SDK's exception; null if there is none
   */
  public LockTableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
