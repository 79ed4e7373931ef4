package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Time for which a row blocks other holders.
 *
 * @param leaseMillis lease duration in milliseconds
 * @param expiresAtMillis end of the blocking by the writer's wall clock, in epoch milliseconds: the
 *     end of the lease, or the end of the retention of a {@link RowState#COMPLETED} row
 * @param maxSkewMillis maximum clock skew of the writer in milliseconds; null if it trusts no clock
 * @param ttlSeconds time after which DynamoDB may delete the row, in epoch seconds; null for never
 */
public record LeaseTerm(
    long leaseMillis,
    long expiresAtMillis,
    @Nullable Long maxSkewMillis,
    @Nullable Long ttlSeconds) {}
