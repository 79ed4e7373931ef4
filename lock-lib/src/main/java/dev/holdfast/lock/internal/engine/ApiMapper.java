package dev.holdfast.lock.internal.engine;

import dev.holdfast.lock.ClockModel;
import dev.holdfast.lock.Completion;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.PayloadMismatchException;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.internal.protocol.ClockBounds;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Conversion between the values of the public API and those of the protocol. */
public final class ApiMapper {
  private static final int MAX_RESULT_BYTES = 350 * 1_024;

  private ApiMapper() {}

  static ClockBounds clockBounds(ClockModel clockModel) {
    int drift = ClockBounds.DEFAULT_DRIFT_PER_MILLE;
    return clockModel.fold(
        bounded -> new ClockBounds(millisRoundedUp(bounded.maxSkew()), drift, true),
        unsynchronized -> new ClockBounds(null, drift, unsynchronized.writesTtl()));
  }

  /** Returns milliseconds, rounded up so that a limit never becomes too small. */
  static long millisRoundedUp(Duration duration) {
    return duration.plusNanos(999_999).toMillis();
  }

  /**
   * Returns the holder that a row describes. Any program may have written the row, so its
   * description becomes one line of limited length.
   *
   * @param row row of a held lock
   * @return its holder
   */
  public static Holder holder(LockRow row) {
    return new Holder(
        HolderLabel.toSingleLine(row.holderInfo().label()),
        Optional.ofNullable(row.holderInfo().event()),
        Instant.ofEpochMilli(row.holderInfo().acquiredAtMillis()),
        Instant.ofEpochMilli(row.leaseTerm().expiresAtMillis()));
  }

  /**
   * Returns the idempotency record that a row contains.
   *
   * @param row row of a completed lock
   * @return the record
   */
  public static Completion completion(LockRow row) {
    return new Completion(
        row.name(),
        Optional.ofNullable(row.holderInfo().event()),
        Optional.ofNullable(row.holderInfo().idempotency().result()).map(ApiMapper::storedResult),
        Instant.ofEpochMilli(row.leaseTerm().expiresAtMillis()));
  }

  /**
   * Returns the idempotency record for a request. The payloads are not compared if the row or the
   * request has no payload hash.
   *
   * @throws PayloadMismatchException if the work was completed for another payload
   */
  static Completion completion(LockRequest request, LockRow row) {
    Completion completion = completion(row);
    String requestedHash = request.payloadHash();
    String storedHash = row.holderInfo().idempotency().payloadHash();
    if (requestedHash != null && storedHash != null && !requestedHash.equals(storedHash)) {
      throw new PayloadMismatchException(completion);
    }
    return completion;
  }

  private static StoredResult storedResult(StoredValue value) {
    StoredResult result =
        value.fold(text -> StoredResult.of(text.text()), bytes -> StoredResult.of(bytes.toArray()));
    return result.withMaxBytes(MAX_RESULT_BYTES);
  }

  static StoredValue storedValue(StoredResult result) {
    return result
        .text()
        .<StoredValue>map(StoredValue.Text::new)
        .orElseGet(() -> StoredValue.Bytes.of(result.bytes()));
  }
}
