package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;

/**
 * Thrown when the key has a row that this library did not write, or has a format that this version
 * does not know. The row is not changed.
 */
public final class UnrecognizedRowException extends LockException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param name the lock's name
   * @param reason difference from a lock row
   */
  public UnrecognizedRowException(String name, String reason) {
    super(
        "the row with key "
            + LogText.quote(name)
            + " is not a lock row of format 1 ("
            + reason
            + ") and is not changed: use another key or table, or upgrade the library",
        null);
  }
}
