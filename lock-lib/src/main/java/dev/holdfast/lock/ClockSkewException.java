package dev.holdfast.lock;

import dev.holdfast.lock.internal.protocol.ClockSkewEstimate.Skew;
import java.time.Duration;
import java.util.Locale;

/**
 * This host's wall clock is certainly off by more than the clock model allows, as the table's
 * replies show. Nothing is held: what was won by that clock was put back.
 */
public final class ClockSkewException extends LockException {
  private static final long serialVersionUID = 1L;

  private final Duration skew;

  public ClockSkewException(String name, Skew exceeded) {
    super(message(name, exceeded), null);
    this.skew = exceeded.offset();
  }

  private static String message(String name, Skew exceeded) {
    return String.format(
        Locale.ROOT,
        "lock '%s' is not handed out: this host's clock is at least %d ms %s the table's, and half"
            + " of maxSkew is allowed; synchronise it, or use ClockModel.unsynchronized()",
        name,
        exceeded.minMillis(),
        exceeded instanceof Skew.Behind ? "behind" : "ahead of");
  }

  /**
   * How far the clock is off.
   *
   * @return at least so much, positive where it is ahead, negative where it is behind
   */
  public Duration skew() {
    return skew;
  }
}
