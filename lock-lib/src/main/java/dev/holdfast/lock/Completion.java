package dev.holdfast.lock;

import dev.holdfast.lock.internal.text.Arguments;
import java.time.Instant;
import java.util.Optional;

/**
 * Idempotency record of work that was completed.
 *
 * @param name the lock's name
 * @param event id of the event that was processed, if the request had one
 * @param result result of the work, if it was stored
 * @param expiresAt end of the retention, by the wall clock of the host that completed the work
 */
public record Completion(
    String name, Optional<String> event, Optional<StoredResult> result, Instant expiresAt) {
  @Override
  public String toString() {
    return Arguments.ToStringBuilder.of(Completion.class, name)
        .add("event", event)
        .add("result", result)
        .add("expiresAt", expiresAt)
        .toString();
  }
}
