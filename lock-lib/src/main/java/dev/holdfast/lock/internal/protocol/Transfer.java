package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Data with which another process continues to hold a lock.
 *
 * @param tableName name of the lock table
 * @param name the lock's name
 * @param version version of the giver's row; a resume succeeds only while the row has it
 * @param leaseMillis lease duration in milliseconds
 * @param expiresAtMillis end of the giver's lease, in epoch milliseconds
 * @param event id of the event that the holder processes; null if there is none
 * @param payloadHash hash that detects duplicates with another payload; null if there is none
 */
public record Transfer(
    String tableName,
    String name,
    RowVersion version,
    long leaseMillis,
    long expiresAtMillis,
    @Nullable String event,
    @Nullable String payloadHash) {

  /**
   * Returns whether the giver's lease has ended by wall clock, so that another holder may have the
   * lock.
   *
   * @param now the clocks now
   * @param bounds assumptions about clocks; without trusted clocks only the table decides
   * @return whether a resume cannot succeed safely
   */
  public boolean isExpired(ClockReading now, ClockBounds bounds) {
    return bounds.maxSkewMillis() != null && expiresAtMillis <= now.wallMillis();
  }
}
