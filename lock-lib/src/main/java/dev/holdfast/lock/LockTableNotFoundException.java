package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** There is no table of that name in the account and Region that were asked. */
public final class LockTableNotFoundException extends LockTableException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure of the table or of the way to it.
   *
   * @param message what is wrong, what is expected and what to do
   * @param cause the SDK's exception; null where there is none
   */
  public LockTableNotFoundException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
