package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** The table limited the rate for longer than the caller would wait. */
public final class LockThrottledException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure of the table or of the way to it.
   *
   * @param message what is wrong, what is expected and what to do
   * @param cause the SDK's exception; null where there is none
   */
  public LockThrottledException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
