package dev.holdfast.lambda.model;

/** What becomes of work whose lock is lost while it runs, where locks are renewed. */
public enum LockLossPolicy {
  /**
   * The thread that works is interrupted before the lease ends. Where that ends the work with an
   * {@link InterruptedException}, the invocation or the message fails with a lost lock; work that
   * ends in another way has its own result.
   */
  INTERRUPT,
  /** The work goes on; its lease says that it is not held any more, and how long it still is. */
  CONTINUE
}
