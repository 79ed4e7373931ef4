package dev.holdfast.lambda.model;

/** Reaction to the loss of a lock while work runs. It applies only if leases are renewed. */
public enum LockLossPolicy {
  /**
   * Interrupts the working thread before the lease ends. If the work then throws an {@link
   * InterruptedException}, the invocation or the message fails with a lost lock. Work that ends in
   * another way keeps its own result.
   */
  INTERRUPT,
  /** Lets the work continue. Its lease reports the remaining time and the loss. */
  CONTINUE
}
