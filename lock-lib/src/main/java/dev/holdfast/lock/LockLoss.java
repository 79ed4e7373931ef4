package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.Arguments;
import java.time.Duration;

/**
 * Loss of a lock, or a loss that will happen soon.
 *
 * @param name the lock's name
 * @param reason reason of the loss
 * @param remaining remaining time in which the lock is still held, so that work can stop in order;
 *     zero if it is not held
 */
public record LockLoss(String name, Reason reason, Duration remaining) {

  /** Reason of the loss of a lock. */
  public enum Reason {
    /** No renewal has succeeded. The lock is held until its lease expires. */
    RENEWAL_FAILED("it could not be renewed, and its lease will expire"),
    /** The lease has expired. */
    LEASE_EXPIRED("its lease has expired"),
    /** The row is deleted or has another owner, because of an operator or a clock skew. */
    OWNERSHIP_LOST("its row is deleted or has another owner"),
    /** This host's clock is behind, so that the lease may have expired for other hosts. */
    CLOCK_BEHIND("this host's clock is behind, so its lease may have expired for other hosts");

    private final String description;

    Reason(String text) {
      this.description = text;
    }

    /**
     * Returns a description for messages.
     *
     * @return a clause that follows a colon
     */
    public String description() {
      return description;
    }
  }

  @Override
  public String toString() {
    return Arguments.ToStringBuilder.of(LockLoss.class, name)
        .add("reason", reason)
        .add("remaining", remaining)
        .toString();
  }
}
