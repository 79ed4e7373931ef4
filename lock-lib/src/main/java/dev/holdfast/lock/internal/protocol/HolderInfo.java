package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a row and for what; for people, logs and duplicates, never a part of the rules.
 *
 * @param label who: function, request, host, process
 * @param event the id of the event that is worked on, where there is one
 * @param acquiredAtMillis epoch milliseconds at which it was acquired, by the holder's wall clock
 * @param idempotency what is kept for duplicates
 */
public record HolderInfo(
    String label, @Nullable String event, long acquiredAtMillis, IdempotencyData idempotency) {

  HolderInfo withResult(@Nullable StoredValue result) {
    return new HolderInfo(label, event, acquiredAtMillis, idempotency.withResult(result));
  }
}
