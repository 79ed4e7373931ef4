package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a row keeps for duplicates of the work; never a part of the rules.
 *
 * @param payloadHash tells whether a duplicate asks for the same; null where nobody asked for that
 * @param result what the work came to; null where that is not kept
 */
public record IdempotencyData(@Nullable String payloadHash, @Nullable StoredValue result) {

  /** Nothing is kept. */
  public static final IdempotencyData NONE = new IdempotencyData(null, null);

  IdempotencyData withResult(@Nullable StoredValue newResult) {
    return new IdempotencyData(payloadHash, newResult);
  }
}
