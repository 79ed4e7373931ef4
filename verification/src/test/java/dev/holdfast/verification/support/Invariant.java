package dev.holdfast.verification.support;

/** Assertion of a safety property. */
public final class Invariant {
  private Invariant() {}

  /**
   * Checks a safety property.
   *
   * @param condition false if the property is violated
   * @param message the violation, as {@code docs/evidence.md} prints it
   * @param detail the lock, row or outcome that violates it
   * @throws AssertionError if the condition is false
   */
  public static void require(boolean condition, String message, Object detail) {
    if (!condition) {
      throw new AssertionError(message + ": " + detail);
    }
  }
}
