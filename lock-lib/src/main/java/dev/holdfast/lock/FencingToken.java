package dev.holdfast.lock;

/**
 * Number that increases with every holder of a lock. The caller adds it to its own writes, and the
 * resource refuses a write whose token is smaller than the largest that it has seen. So a holder
 * that was paused beyond its lease cannot overwrite newer data.
 *
 * <p>Immutable. Kleppmann, "How to do distributed locking" (2016), explains why a lease alone
 * cannot ensure this.
 *
 * @param value at least the acquiring host's wall clock in microseconds since the epoch, and larger
 *     than every earlier token of this lock as long as the lock's row exists
 */
public record FencingToken(long value) implements Comparable<FencingToken> {

  /**
   * Validates the value.
   *
   * @throws IllegalArgumentException if the value is negative
   */
  public FencingToken {
    if (value < 0) {
      throw new IllegalArgumentException(
          "a fencing token must be 0 or more, got "
              + value
              + ": pass the value of Lease.fencingToken");
    }
  }

  @Override
  public int compareTo(FencingToken other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
