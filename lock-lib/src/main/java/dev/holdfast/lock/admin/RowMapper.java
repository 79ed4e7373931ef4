package dev.holdfast.lock.admin;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.internal.dynamodb.LockRows;
import dev.holdfast.lock.internal.engine.ApiMapper;
import dev.holdfast.lock.internal.protocol.LeaseTerm;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts rows to the types of this package. */
final class RowMapper {
  private static final long TTL_AFTER_SECONDS = TimeUnit.DAYS.toSeconds(1);

  private RowMapper() {}

  static Optional<StoredLock> toStoredLock(Map<String, AttributeValue> item) {
    return LockRows.snapshot(item)
        .fold(
            row -> Optional.of(toStoredLock(row)),
            noRow -> Optional.empty(),
            unrecognized ->
                Optional.of(
                    new StoredLock.Unrecognized(LockRows.lockName(item), unrecognized.reason())));
  }

  private static StoredLock toStoredLock(LockRow row) {
    if (row.state() != RowState.HELD && !row.allowsLargerToken()) {
      return new StoredLock.Unrecognized(row.name(), row.toUnrecognizedRow().reason());
    }
    return switch (row.state()) {
      case HELD -> toHeld(row);
      case FREE -> new StoredLock.Free(row.name(), new FencingToken(row.version().token()));
      case COMPLETED -> new StoredLock.Completed(row.name(), ApiMapper.completion(row));
    };
  }

  private static StoredLock toHeld(LockRow row) {
    LeaseTerm leaseTerm = row.leaseTerm();
    return new StoredLock.Held(
        row.name(),
        ApiMapper.holder(row),
        Duration.ofMillis(leaseTerm.leaseMillis()),
        Optional.ofNullable(leaseTerm.maxSkewMillis()).map(Duration::ofMillis),
        new LockVersion(row));
  }

  /**
   * Returns the row that remains of a broken lock. It keeps the token, so that the next token is
   * larger. It has another nonce, since its holder would otherwise take it for its own release.
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
