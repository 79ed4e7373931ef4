package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.Arguments;
import dev.holdfast.lock.internal.text.LogText;
import java.time.Duration;
import java.util.Locale;

/** Thrown when another holder had the lock until the maximum wait elapsed. */
public final class LockUnavailableException extends LockException {
  private static final long serialVersionUID = 1L;

  private final transient Holder holder;

  /**
   * Creates the exception.
   *
   * @param request the request
   * @param maxWait maximum wait of the call
   * @param holder the holder at the last attempt
   */
  public LockUnavailableException(LockRequest request, Duration maxWait, Holder holder) {
    super(message(request, maxWait, holder), null);
    this.holder = holder;
  }

  private static String message(LockRequest request, Duration maxWait, Holder holder) {
    String event = holder.event().map(id -> " for event " + LogText.escape(id)).orElse("");
    return String.format(
        Locale.ROOT,
        "%s%s%s since %s, lease until %s; waited up to %s: try again later, or increase maxWait",
        request.unavailableMessagePrefix(),
        LogText.escape(holder.description()),
        event,
        holder.acquiredAt(),
        holder.leaseExpiresAt(),
        Arguments.format(maxWait));
  }

  /**
   * Returns the holder at the last attempt.
   *
   * @return the holder, as its row describes it
   */
  public Holder holder() {
    return holder;
  }
}
