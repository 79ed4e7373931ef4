package dev.holdfast.lock.dynamodb;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.internal.text.LogText;

/**
 * Thrown when the fence of an item rejects a write. The write changed nothing. If the SDK sent it
 * more than once, an earlier request without a reply may have been applied. The message states the
 * item's fence and what to do.
 */
public final class FenceRefusedException extends LockException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final FencingToken token;
  private final Reason reason;

  /** Reason of the rejection. */
  public enum Reason {
    /** A later holder of the lock has advanced the fence: stop. */
    NEWER_HOLDER,
    /** The fence was not advanced before, or the item was deleted or replaced without it. */
    NOT_ADVANCED,
    /** The item's attribute is not a number, so it cannot be a fence. */
    INVALID_FENCE,
    /** The lock's row is no longer held with this token: stop. */
    LOCK_LOST
  }

  /**
   * Creates the exception.
   *
   * @param name the lock's name
   * @param token the rejected token
   * @param reason reason of the rejection
   * @param observed the item's fence, without a trailing period
   */
  public FenceRefusedException(String name, FencingToken token, Reason reason, String observed) {
    super(
        "token "
            + token
            + " of lock "
            + LogText.quote(name)
            + " is rejected: "
            + observed
            + "; "
            + advice(reason),
        null);
    this.name = name;
    this.token = token;
    this.reason = reason;
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case NEWER_HOLDER, LOCK_LOST -> "stop, and acquire the lock again";
      case NOT_ADVANCED ->
          "advance the fence before reading the item, and keep its attribute in every write";
      case INVALID_FENCE -> "use another attribute for the fence, or make it a number";
    };
  }

  /**
   * Returns the name of the lock.
   *
   * @return the lock's name
   */
  public String name() {
    return name;
  }

  /**
   * Returns the rejected token.
   *
   * @return the fencing token of the rejected holder
   */
  public FencingToken token() {
    return token;
  }

  /**
   * Returns the reason of the rejection.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
