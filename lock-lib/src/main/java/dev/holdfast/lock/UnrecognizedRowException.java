package dev.holdfast.lock;

/**
 * The key holds a row that this library did not write, or not in a format it knows: it is left as
 * it is.
 */
public final class UnrecognizedRowException extends LockException {
  private static final long serialVersionUID = 1L;

  public UnrecognizedRowException(String name, String reason) {
    super(
        "the row under key '"
            + name
            + "' is not a lock row of format 1 ("
            + reason
            + ") and is left as it is: use another key or table, or upgrade the library",
        null);
  }
}
