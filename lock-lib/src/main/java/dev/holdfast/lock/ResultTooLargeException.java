package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;

/**
 * Thrown when a result exceeds its maximum size and was not stored. The work is completed without a
 * result, so that duplicates receive a {@link Completion} without one.
 */
public final class ResultTooLargeException extends LockException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param name the lock's name
   * @param result the result that was not stored
   */
  public ResultTooLargeException(String name, StoredResult result) {
    super(
        "the result of "
            + LogText.quote(name)
            + " must be at most "
            + result.maxBytes()
            + " bytes, got "
            + result.bytes().length
            + ": the work is completed without it; set StoredResult.withMaxBytes, or store the"
            + " result elsewhere and its address here",
        null);
  }
}
