package dev.holdfast.lock;

/** The work behind the lock was done before and is remembered: there is nothing to do. */
public final class AlreadyCompletedException extends LockException {
  private static final long serialVersionUID = 1L;

  private final transient Completion completion;

  public AlreadyCompletedException(Completion completion) {
    super(
        "'"
            + completion.name()
            + "' was done before and is remembered until "
            + completion.expiresAt()
            + ": there is nothing to do",
        null);
    this.completion = completion;
  }

  /**
   * What is remembered of it.
   *
   * @return the completion
   */
  public Completion completion() {
    return completion;
  }
}
