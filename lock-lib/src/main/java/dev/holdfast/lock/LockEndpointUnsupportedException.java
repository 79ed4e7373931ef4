package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the endpoint of the client rejects a write and does not return the row that rejected
 * it, as DAX and old emulators do. Locks need DynamoDB itself. Nothing is held.
 */
public final class LockEndpointUnsupportedException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the problem, the expectation and what to do
   * @param cause the SDK's exception; null if there is none
   */
  public LockEndpointUnsupportedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
