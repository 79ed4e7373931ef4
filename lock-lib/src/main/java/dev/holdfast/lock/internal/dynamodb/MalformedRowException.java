package dev.holdfast.lock.internal.dynamodb;

/** Reason why an item is not a lock row; used inside this package. */
final class MalformedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  MalformedRowException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
