package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** Thrown when the account and Region have no table of this name. */
public final class LockTableNotFoundException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the problem, the expectation and what to do
   * @param cause the SDK's exception; null if there is none
   */
  public LockTableNotFoundException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
