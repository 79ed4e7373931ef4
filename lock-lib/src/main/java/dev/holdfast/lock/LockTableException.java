package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** The lock table could not be used. The message says why and what to do. */
public class LockTableException extends LockException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure of the table or of the way to it.
   *
   * @param message what is wrong, what is expected and what to do
   * @param cause the SDK's exception; null where there is none
   */
  public LockTableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
