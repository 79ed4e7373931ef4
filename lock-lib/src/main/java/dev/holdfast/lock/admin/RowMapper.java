package dev.holdfast.lock.admin;

import dev.holdfast.lock.Completion;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.internal.dynamodb.LockRows;
import dev.holdfast.lock.internal.protocol.LeaseTerm;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows as people see them. */
final class RowMapper {
  private static final long TTL_AFTER_SECONDS = TimeUnit.DAYS.toSeconds(1);

  private RowMapper() {}

  static Optional<StoredLock> toStoredLock(Map<String, AttributeValue> item) {
    RowSnapshot snapshot = LockRows.snapshot(item);
    if (snapshot instanceof LockRow row) {
      return Optional.of(toStoredLock(row));
    }
    return snapshot instanceof RowSnapshot.UnrecognizedRow unrecognized
        ? Optional.of(new StoredLock.Unrecognized(LockRows.lockName(item), unrecognized.reason()))
        : Optional.empty();
  }

  private static StoredLock toStoredLock(LockRow row) {
    return switch (row.state()) {
      case HELD -> toHeld(row);
      case FREE -> new StoredLock.Free(row.name(), new FencingToken(row.version().token()));
      case COMPLETED -> new StoredLock.Completed(row.name(), toCompletion(row));
    };
  }

  private static StoredLock toHeld(LockRow row) {
    LeaseTerm leaseTerm = row.leaseTerm();
    return new StoredLock.Held(
        row.name(),
        new Holder(
            row.holderInfo().label(),
            Optional.ofNullable(row.holderInfo().event()),
            Instant.ofEpochMilli(row.holderInfo().acquiredAtMillis()),
            Instant.ofEpochMilli(leaseTerm.expiresAtMillis())),
        Duration.ofMillis(leaseTerm.leaseMillis()),
        Optional.ofNullable(leaseTerm.maxSkewMillis()).map(Duration::ofMillis),
        new LockVersion(row));
  }

  private static Completion toCompletion(LockRow row) {
    return new Completion(
        row.name(),
        Optional.ofNullable(row.holderInfo().event()),
        Optional.ofNullable(row.holderInfo().idempotency().result()).map(RowMapper::toStoredResult),
        Instant.ofEpochMilli(row.leaseTerm().expiresAtMillis()));
  }

  private static StoredResult toStoredResult(StoredValue result) {
    return result instanceof StoredValue.Text text
        ? StoredResult.of(text.text())
        : StoredResult.of(((StoredValue.Bytes) result).toArray());
  }

  /**
   * What stays of a broken lock: the token, so that the next is larger; not the nonce, by which its
   * holder would take the row for the marker of its own release.
   */
  static LockRow marker(LockRow broken, String nonce, Instant now) {
    Long ttl =
        broken.leaseTerm().ttlSeconds() == null ? null : now.getEpochSecond() + TTL_AFTER_SECONDS;
    LeaseTerm leaseTerm =
        new LeaseTerm(
            broken.leaseTerm().leaseMillis(),
            now.toEpochMilli(),
            broken.leaseTerm().maxSkewMillis(),
            ttl);
    RowVersion version = new RowVersion(nonce, broken.version().token(), 0);
    return new LockRow(broken.name(), RowState.FREE, version, leaseTerm, broken.holderInfo());
  }
}
