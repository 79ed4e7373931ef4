package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Data of a row for duplicates of the work. No rule depends on it.
 *
 * @param payloadHash hash that detects duplicates with another payload; null if not requested
 * @param result result of the work; null if it is not stored
 */
public record IdempotencyData(@Nullable String payloadHash, @Nullable StoredValue result) {

  /** No data. */
  public static final IdempotencyData NONE = new IdempotencyData(null, null);

  IdempotencyData withResult(@Nullable StoredValue newResult) {
    return new IdempotencyData(payloadHash, newResult);
  }
}
