package dev.holdfast.lock.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a row keeps for duplicates of the work; never a part of the rules.
 *
 * @param payloadHash tells whether a duplicate asks for the same; null where nobody asked for that
 * @param result what the work came to; null where that is not kept
 */
public record Memo(@Nullable String payloadHash, @Nullable Result result) {

  /** Nothing is kept. */
  public static final Memo NONE = new Memo(null, null);

  Memo with(@Nullable Result other) {
    return new Memo(payloadHash, other);
  }
}
