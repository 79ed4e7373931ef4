package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.Completion;
import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.Holder;
import dev.holdfast.lock.StoredResult;
import dev.holdfast.lock.dynamodb.LockItems;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Result;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Seen;
import dev.holdfast.lock.protocol.Stamp;
import dev.holdfast.lock.protocol.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows as people see them. */
final class Rows {
  private static final long TTL_AFTER_SECONDS = TimeUnit.DAYS.toSeconds(1);

  private Rows() {}

  static Optional<StoredLock> lock(Map<String, AttributeValue> item) {
    Seen seen = LockItems.seen(item);
    if (seen instanceof LockRow row) {
      return Optional.of(lock(row));
    }
    return seen instanceof Seen.ForeignRow foreign
        ? Optional.of(new StoredLock.Unreadable(LockItems.name(item), foreign.reason()))
        : Optional.empty();
  }

  private static StoredLock lock(LockRow row) {
    return switch (row.state()) {
      case HELD -> held(row);
      case FREE -> new StoredLock.Free(row.name(), new FencingToken(row.stamp().token()));
      case DONE -> new StoredLock.Done(row.name(), completion(row));
    };
  }

  private static StoredLock held(LockRow row) {
    Term term = row.term();
    return new StoredLock.Held(
        row.name(),
        new Holder(
            row.claimant().holder(),
            Optional.ofNullable(row.claimant().event()),
            Instant.ofEpochMilli(row.claimant().acquiredAtMillis()),
            Instant.ofEpochMilli(term.expiresAtMillis())),
        Duration.ofMillis(term.leaseMillis()),
        Optional.ofNullable(term.skewMillisMax()).map(Duration::ofMillis),
        new Sight(row));
  }

  private static Completion completion(LockRow row) {
    return new Completion(
        row.name(),
        Optional.ofNullable(row.claimant().event()),
        Optional.ofNullable(row.claimant().memo().result()).map(Rows::result),
        Instant.ofEpochMilli(row.term().expiresAtMillis()));
  }

  private static StoredResult result(Result result) {
    return result instanceof Result.Text text
        ? StoredResult.of(text.text())
        : StoredResult.of(((Result.Bytes) result).toArray());
  }

  /**
   * What stays of a broken lock: the token, so that the next is larger; not the nonce, by which its
   * holder would take the row for the marker of its own release.
   */
  static LockRow marker(LockRow broken, String nonce, Instant now) {
    Long ttl = broken.term().ttlSeconds() == null ? null : now.getEpochSecond() + TTL_AFTER_SECONDS;
    Term term =
        new Term(
            broken.term().leaseMillis(), now.toEpochMilli(), broken.term().skewMillisMax(), ttl);
    Stamp stamp = new Stamp(nonce, broken.stamp().token(), 0);
    return new LockRow(broken.name(), RowState.FREE, stamp, term, broken.claimant());
  }
}
