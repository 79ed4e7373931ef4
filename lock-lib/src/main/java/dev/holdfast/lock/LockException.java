package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** Superclass of all exceptions of this library, except those for invalid arguments. */
public abstract class LockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LockException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
