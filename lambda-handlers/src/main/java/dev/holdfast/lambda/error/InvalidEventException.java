package dev.holdfast.lambda.error;

import org.jspecify.annotations.Nullable;

/**
 * An event that cannot be guarded: it cannot be read, or names no resource or no event where one is
 * needed. Nothing ran. The message never holds the event's content.
 */
public final class InvalidEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidEventException(String message) {
    this(message, null);
  }

  public InvalidEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
