package dev.holdfast.lock;

import dev.holdfast.lock.protocol.LockRow;
import java.time.Instant;
import java.util.Optional;

/**
 * Work that was done before and is remembered.
 *
 * @param name the lock's name
 * @param event the id of the event that was worked on, where there was one
 * @param result what it came to, where that was kept
 * @param until when it will be forgotten, by the wall clock of the host that completed it
 */
public record Completion(
    String name, Optional<String> event, Optional<StoredResult> result, Instant until) {

  static Completion of(LockRow row) {
    return new Completion(
        row.name(),
        Optional.ofNullable(row.claimant().event()),
        Optional.ofNullable(row.claimant().memo().result()).map(StoredResult::of),
        Instant.ofEpochMilli(row.term().expiresAtMillis()));
  }

  /**
   * What a request for the same work is told. A row without a hash was completed by somebody who
   * did not look at payloads.
   */
  static Completion answering(LockRequest request, LockRow row) {
    Completion completion = of(row);
    String asked = request.payloadHash();
    String kept = row.claimant().memo().payloadHash();
    if (asked != null && kept != null && !asked.equals(kept)) {
      throw new PayloadMismatchException(completion);
    }
    return completion;
  }
}
