package dev.holdfast.lock;

/** A lock that was held is held no more: stop the work, somebody else may have begun. */
public final class LockLostException extends LockException {
  private static final long serialVersionUID = 1L;

  public LockLostException(String name, String reason) {
    super("lock '" + name + "' is lost: " + reason + "; stop, somebody else may hold it now", null);
  }
}
