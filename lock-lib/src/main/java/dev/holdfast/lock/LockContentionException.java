package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when other requests were changing the lock's row for as long as the caller waits. The last
 * write was not applied. If an earlier one had no reply, the row may block others until its lease
 * ends.
 *
 * <p>DynamoDB refuses a write while a transaction or another Region changes the same item. The
 * library repeats such a write with a backoff, and throws this exception if that does not help.
 */
public final class LockContentionException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the problem, the expectation and what to do
   * @param cause the SDK's exception; null if there is none
   */
  public LockContentionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
