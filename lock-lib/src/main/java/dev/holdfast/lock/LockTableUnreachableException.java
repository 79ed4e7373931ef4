package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** No answer from the table: time-out, broken connection or an error of the service. */
public final class LockTableUnreachableException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure of the table or of the way to it.
   *
   * @param message what is wrong, what is expected and what to do
   * @param cause the SDK's exception; null where there is none
   */
  public LockTableUnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
