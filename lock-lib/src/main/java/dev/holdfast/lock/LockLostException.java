package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;

/**
 * Thrown when a lock is no longer held. The caller must stop its work, because another holder may
 * have started.
 */
public final class LockLostException extends LockException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param name the lock's name
   * @param reason reason of the loss
   */
  public LockLostException(String name, String reason) {
    super(
        "lock "
            + LogText.quote(name)
            + " is lost: "
            + reason
            + "; stop, another holder may have acquired it",
        null);
  }
}
