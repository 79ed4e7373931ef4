package dev.holdfast.lock;

import org.jspecify.annotations.Nullable;

/** The root of everything that the lock throws apart from argument errors. */
public abstract class LockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LockException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
