package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** The row would be larger than DynamoDB allows. */
public final class LockRowTooLargeException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure of the table or of the way to it.
   *
   * @param message what is wrong, what is expected and what to do
   * @param cause the SDK's exception; null where there is none
   */
  public LockRowTooLargeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
