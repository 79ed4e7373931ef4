package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Locale;

/**
 * Thrown when this host's wall clock certainly deviates by more than the clock model allows, as the
 * table's replies show. The caller holds nothing: a lock that was acquired by this clock has been
 * released.
 */
public final class ClockSkewException extends LockException {
  private static final long serialVersionUID = 1L;

  private final Duration skew;

  /**
   * Creates the exception.
   *
   * @param name the lock's name
   * @param skew minimum deviation, positive if this host's clock is ahead of the table's, negative
   *     if it is behind
   */
  public ClockSkewException(String name, Duration skew) {
    super(message(name, skew), null);
    this.skew = skew;
  }

  private static String message(String name, Duration skew) {
    return String.format(
        Locale.ROOT,
        "lock %s is not acquired: this host's clock is at least %d ms %s the table's, and half"
            + " of maxSkew is allowed; synchronize the clock, or use"
            + " ClockModel.unsynchronized()",
        LogText.quote(name),
        skew.abs().toMillis(),
        skew.isNegative() ? "behind" : "ahead of");
  }

  /**
   * Returns the minimum deviation of this host's clock.
   *
   * @return positive if the clock is ahead of the table's, negative if it is behind
   */
  public Duration skew() {
    return skew;
  }
}
