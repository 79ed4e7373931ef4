package dev.holdfast.lock.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What somebody must know to go on with a lock that another process acquired.
 *
 * @param tableName which table its row is in
 * @param name the lock's name
 * @param version the row as its giver left it; it is redeemed only while it is still so
 * @param leaseMillis length of the lease in milliseconds
 * @param expiresAtMillis epoch milliseconds at which the giver's lease ends
 * @param event the id of the event that is worked on, where there is one
 * @param payloadHash what tells duplicates with another payload, where there is one
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
   * Whether the giver's lease has ended, as far as wall clocks are trusted: somebody else may have
   * the lock.
   *
   * @param now the clocks now
   * @param bounds how far they are trusted; without trust only the table knows
   * @return whether redeeming is pointless
   */
  public boolean isExpired(ClockReading now, ClockBounds bounds) {
    return bounds.maxSkewMillis() != null && expiresAtMillis <= now.wallMillis();
  }
}
