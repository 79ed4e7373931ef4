package dev.holdfast.lock.internal.protocol;

/**
 * Identity of one write of one row.
 *
 * @param nonce random value of one acquire; it identifies the holder's own write
 * @param token fencing token of the hold
 * @param renewals number of renewals since the acquire
 */
public record RowVersion(String nonce, long token, long renewals) {}
