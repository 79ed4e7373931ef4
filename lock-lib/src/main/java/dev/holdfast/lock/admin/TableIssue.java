package dev.holdfast.lock.admin;

/**
 * Difference of a table from a correct lock table.
 *
 * @param property the property that differs
 * @param expected its expected value
 * @param actual its actual value
 */
public record TableIssue(TableProperty property, String expected, String actual) {

  /**
   * Returns whether the issue prevents locking.
   *
   * @return true if no lock can be acquired in the table
   */
  public boolean preventsLocking() {
    return property.severity() == TableProperty.Severity.PREVENTS_LOCKING;
  }

  @Override
  public String toString() {
    return property + " is " + actual + ", should be " + expected;
  }
}
