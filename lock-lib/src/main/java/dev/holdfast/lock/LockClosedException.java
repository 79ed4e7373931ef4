package dev.holdfast.lock;

/** A lock was used after it had been released, completed or handed over. */
public final class LockClosedException extends LockException {
  private static final long serialVersionUID = 1L;

  public LockClosedException(String name, String operation, String reason) {
    super(
        "lock '" + name + "': cannot " + operation + ", since " + reason + "; acquire it again",
        null);
  }
}
