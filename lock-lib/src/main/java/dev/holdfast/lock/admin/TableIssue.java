package dev.holdfast.lock.admin;

/**
 * Something in which a table is not as a lock table should be.
 *
 * @param property what
 * @param expected how it should be
 * @param actual how it is
 */
public record TableIssue(TableProperty property, String expected, String actual) {

  /**
   * Whether no lock can be had while it is so.
   *
   * @return true where locking fails
   */
  public boolean preventsLocking() {
    return property.severity() == TableProperty.Severity.PREVENTS_LOCKING;
  }

  @Override
  public String toString() {
    return property + " is " + actual + ", should be " + expected;
  }
}
