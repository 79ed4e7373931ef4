package dev.holdfast.lock.protocol;

/**
 * Identifies one write of one row: which body, which hold, which renewal.
 *
 * @param nonce random, one per acquiring request body; proves "this is my write"
 * @param token the hold's fencing token
 * @param version 0 when acquired, one more at each renewal
 */
public record Stamp(String nonce, long token, long version) {}
