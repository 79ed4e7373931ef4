package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Information about the holder of a row, for people, logs and duplicates. No rule depends on it.
 *
 * @param label description of the holder: function, request, host, process
 * @param event id of the event that the holder processes; null if there is none
 * @param acquiredAtMillis time of the acquire by the holder's wall clock, in epoch milliseconds
 * @param idempotency data for duplicates
 */
public record HolderInfo(
    String label, @Nullable String event, long acquiredAtMillis, IdempotencyData idempotency) {

  HolderInfo withResult(@Nullable StoredValue result) {
    return new HolderInfo(label, event, acquiredAtMillis, idempotency.withResult(result));
  }
}
