package dev.holdfast.lock;

/** A lock that was held is held no more: stop the work, somebody else may have begun. */
public final class LockLostException extends LockException {
  private static final long serialVersionUID = 1L;

  LockLostException(String name, String why) {
    super("lock '" + name + "' is lost: " + why + "; stop, somebody else may hold it now", null);
  }
}
