package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.Arguments;
import java.time.Instant;
import java.util.Optional;

/**
 * Holder of a lock, as its row describes it. The times are by the holder's wall clock.
 *
 * @param description function, request, host or process
 * @param event id of the event that the holder processes, if its request had one
 * @param acquiredAt time of the acquire
 * @param leaseExpiresAt end of the lease, unless it is renewed or released before
 */
public record Holder(
    String description, Optional<String> event, Instant acquiredAt, Instant leaseExpiresAt) {
  @Override
  public String toString() {
    return Arguments.ToStringBuilder.of(Holder.class, description)
        .add("event", event)
        .add("acquiredAt", acquiredAt)
        .add("leaseExpiresAt", leaseExpiresAt)
        .toString();
  }
}
