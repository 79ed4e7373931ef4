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
    @Nullable Long ttlSeconds) {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** Time for which a row stays after its end and after the time of its token. */
  static final long DAY_SECONDS = 86_400;

  /**
   * Returns the same term for a row that stays until a day after the time of its token, in
   * microseconds. Otherwise the next token after a deletion could be smaller.
   */
  LeaseTerm outlasting(long token) {
    long lastSecond = token / MICROS_PER_SECOND + DAY_SECONDS;
    return ttlSeconds == null || ttlSeconds >= lastSecond
        ? this
        : new LeaseTerm(leaseMillis, expiresAtMillis, maxSkewMillis, lastSecond);
  }
}
