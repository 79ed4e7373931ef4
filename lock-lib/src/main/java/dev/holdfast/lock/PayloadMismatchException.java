package dev.holdfast.lock;

/**
 * The work is remembered as done, but for another payload than the one that is asked for now: an id
 * was used for two different things.
 */
public final class PayloadMismatchException extends LockException {
  private static final long serialVersionUID = 1L;

  private final transient Completion completion;

  PayloadMismatchException(Completion completion) {
    super(
        "'"
            + completion.name()
            + "' was done before with another payload, and is remembered until "
            + completion.expiresAt()
            + ": use another id for another payload",
        null);
    this.completion = completion;
  }

  /**
   * What is remembered of the other one.
   *
   * @return the completion
   */
  public Completion completion() {
    return completion;
  }
}
