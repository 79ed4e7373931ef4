package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * How long a row blocks others.
 *
 * @param leaseMillis length of the lease in milliseconds
 * @param expiresAtMillis epoch milliseconds, by the writer's wall clock, at which the row stops
 *     blocking: the lease's end, or the end of the window of a row that is {@link
 *     RowState#COMPLETED}
 * @param maxSkewMillis the writer's bound on the difference between two hosts' clocks in
 *     milliseconds; null when it trusts no clock
 * @param ttlSeconds epoch seconds after which DynamoDB may delete the row; null for never
 */
public record LeaseTerm(
    long leaseMillis,
    long expiresAtMillis,
    @Nullable Long maxSkewMillis,
    @Nullable Long ttlSeconds) {}
