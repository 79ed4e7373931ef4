package dev.holdfast.lock.dynamodb.admin;

/**
 * Something in which a table is not as a lock table should be.
 *
 * @param aspect what
 * @param expected how it should be
 * @param found how it is
 */
public record Difference(Aspect aspect, String expected, String found) {

  /**
   * Whether no lock can be had while it is so.
   *
   * @return true where locking fails
   */
  public boolean preventsLocking() {
    return aspect.weight() == Aspect.Weight.PREVENTS_LOCKING;
  }

  @Override
  public String toString() {
    return aspect + " is " + found + ", should be " + expected;
  }
}
