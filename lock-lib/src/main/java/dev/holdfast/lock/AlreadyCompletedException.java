package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;

/** Thrown when the work of a lock was completed before, so that there is nothing to do. */
public final class AlreadyCompletedException extends LockException {
  private static final long serialVersionUID = 1L;

  private final transient Completion completion;

  /**
   * Creates the exception.
   *
   * @param completion the idempotency record
   */
  public AlreadyCompletedException(Completion completion) {
    super(
        LogText.quote(completion.name())
            + " was completed before, and its record expires at "
            + completion.expiresAt()
            + ": there is nothing to do",
        null);
    this.completion = completion;
  }

  /**
   * Returns the idempotency record.
   *
   * @return the completion
   */
  public Completion completion() {
    return completion;
  }
}
