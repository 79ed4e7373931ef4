package dev.holdfast.lock.internal.protocol;

/**
 * Identifies one write of one row: which body, which hold, which renewal.
 *
 * @param nonce random, one per acquiring request body; proves "this is my write"
 * @param token the hold's fencing token
 * @param renewals 0 when acquired, one more at each renewal
 */
public record RowVersion(String nonce, long token, long renewals) {}
