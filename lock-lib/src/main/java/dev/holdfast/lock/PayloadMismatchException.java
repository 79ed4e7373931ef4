package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;

/**
 * Thrown when the work of a lock was completed before for another payload. The caller uses one id
 * for two different payloads.
 */
public final class PayloadMismatchException extends LockException {
  private static final long serialVersionUID = 1L;

  private final transient Completion completion;

  /**
   * Creates the exception.
   *
   * @param completion the idempotency record of the other payload
   */
  public PayloadMismatchException(Completion completion) {
    super(
        LogText.quote(completion.name())
            + " was completed before for another payload, and its record expires at "
            + completion.expiresAt()
            + ": use another id for another payload",
        null);
    this.completion = completion;
  }

  /**
   * Returns the idempotency record of the other payload.
   *
   * @return the completion
   */
  public Completion completion() {
    return completion;
  }
}
