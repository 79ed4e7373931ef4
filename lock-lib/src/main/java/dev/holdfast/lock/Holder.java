package dev.holdfast.lock;

import dev.holdfast.lock.internal.protocol.LockRow;
import java.time.Instant;
import java.util.Optional;

/**
 * Who stood in the way, as the row says. Times are by that holder's wall clock.
 *
 * @param description function, request, host or process
 * @param event the id of the event that it works on, where it has one
 * @param acquiredAt when it acquired the lock
 * @param leaseExpiresAt when its lease ends unless it is renewed or released before
 */
public record Holder(
    String description, Optional<String> event, Instant acquiredAt, Instant leaseExpiresAt) {

  public static Holder fromRow(LockRow row) {
    return new Holder(
        row.holderInfo().label(),
        Optional.ofNullable(row.holderInfo().event()),
        Instant.ofEpochMilli(row.holderInfo().acquiredAtMillis()),
        Instant.ofEpochMilli(row.leaseTerm().expiresAtMillis()));
  }
}
