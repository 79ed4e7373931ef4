package dev.holdfast.lock;

/**
 * A number that rises with every hold of a lock: put it into your own writes, and let the resource
 * refuse a write whose token is smaller than the largest it has seen. So a holder that was paused
 * past its lease can do no harm.
 *
 * <p>Immutable. See Kleppmann, "How to do distributed locking" (2016), on why a lease alone cannot
 * give this.
 *
 * @param value at least the wall clock of the acquiring host in microseconds since the epoch, and
 *     larger than every token that was handed out for this lock while its row lives
 */
public record FencingToken(long value) implements Comparable<FencingToken> {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public FencingToken {
    if (value < 0) {
      throw new IllegalArgumentException(
          "a fencing token must be 0 or more, got "
              + value
              + ": pass what Lease.fencingToken gave");
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
