package dev.holdfast.lock;

import java.time.Duration;
import java.util.Locale;

/** Somebody else held the lock until the bound of the wait had passed. */
public final class LockUnavailableException extends LockException {
  private static final long serialVersionUID = 1L;

  private final transient Holder holder;

  public LockUnavailableException(LockRequest request, Duration maxWait, Holder holder) {
    super(message(request, maxWait, holder), null);
    this.holder = holder;
  }

  private static String message(LockRequest request, Duration maxWait, Holder holder) {
    String event = holder.event().map(e -> " for event " + e).orElse("");
    return String.format(
        Locale.ROOT,
        "%s%s%s since %s, lease until %s; waited up to %s: try again later, or" + " wait longer",
        request.unavailableMessagePrefix(),
        holder.description(),
        event,
        holder.acquiredAt(),
        holder.leaseExpiresAt(),
        Durations.format(maxWait));
  }

  /**
   * Who held it at the last try.
   *
   * @return the holder, as its row says
   */
  public Holder holder() {
    return holder;
  }
}
