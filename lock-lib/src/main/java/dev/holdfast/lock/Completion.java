package dev.holdfast.lock;

import dev.holdfast.lock.internal.protocol.LockRow;
import java.time.Instant;
import java.util.Optional;

/**
 * Work that was done before and is remembered.
 *
 * @param name the lock's name
 * @param event the id of the event that was worked on, where there was one
 * @param result what it came to, where that was kept
 * @param expiresAt when it will be forgotten, by the wall clock of the host that completed it
 */
public record Completion(
    String name, Optional<String> event, Optional<StoredResult> result, Instant expiresAt) {

  static Completion fromRow(LockRow row) {
    return new Completion(
        row.name(),
        Optional.ofNullable(row.holderInfo().event()),
        Optional.ofNullable(row.holderInfo().idempotency().result()).map(StoredResult::of),
        Instant.ofEpochMilli(row.leaseTerm().expiresAtMillis()));
  }

  /**
   * What a request for the same work is told. A row without a hash was completed by somebody who
   * did not look at payloads.
   */
  public static Completion forRequest(LockRequest request, LockRow row) {
    Completion completion = fromRow(row);
    String requestedHash = request.payloadHash();
    String storedHash = row.holderInfo().idempotency().payloadHash();
    if (requestedHash != null && storedHash != null && !requestedHash.equals(storedHash)) {
      throw new PayloadMismatchException(completion);
    }
    return completion;
  }
}
