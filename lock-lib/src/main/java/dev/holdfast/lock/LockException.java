package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;
import org.jspecify.annotations.Nullable;

/** Superclass of all exceptions of this library, except those for invalid arguments. */
public abstract class LockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the problem and what to do
   * @param cause the cause; null if there is none
   */
  protected LockException(String message, @Nullable Throwable cause) {
    super(LogText.message(message), cause);
  }
}
