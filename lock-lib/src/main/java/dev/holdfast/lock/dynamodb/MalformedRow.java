package dev.holdfast.lock.dynamodb;

/** Says, inside this package, why an item is not a lock row. */
final class MalformedRow extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  MalformedRow(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
