package dev.holdfast.lambda.error;

import dev.holdfast.lock.internal.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if an event cannot be read, or has no resource id or no event id where one is needed.
 * Nothing ran. The message never contains the event's content.
 */
public final class InvalidEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the error
   */
  public InvalidEventException(String message) {
    this(message, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the error
   * @param cause the cause
   */
  public InvalidEventException(String message, @Nullable Throwable cause) {
    super(LogText.message(message), cause);
  }
}
