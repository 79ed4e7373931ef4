package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.internal.dynamodb.LockRows;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The locks of one table as its rows show them, for people: reads, which locking never does.
 * Immutable and safe between threads.
 */
public final class LockAdmin {
  private final DynamoDbClient client;
  private final LockRows lockRows;
  private final TimeSource timeSource;

  private LockAdmin(DynamoDbClient client, LockRows lockRows, TimeSource timeSource) {
    this.client = client;
    this.lockRows = lockRows;
    this.timeSource = timeSource;
  }

  /**
   * The locks of a table. Makes no call.
   *
   * @param client used as it is, with its Region, credentials and retries; the caller closes it
   * @param table name or ARN of a lock table
   * @return its locks
   * @throws IllegalArgumentException if no table can have that name
   */
  public static LockAdmin create(DynamoDbClient client, String table) {
    Objects.requireNonNull(client, "client");
    LockRows lockRows = new LockRows(TableSchema.requireTableName(table));
    return new LockAdmin(client, lockRows, TimeSource.system());
  }

  /**
   * With other clocks, for tests.
   *
   * @param newTimeSource the clocks
   * @return a copy
   */
  public LockAdmin withTimeSource(TimeSource newTimeSource) {
    return new LockAdmin(client, lockRows, newTimeSource);
  }

  /**
   * The rows that may block somebody: all that say that they are held, whether their lease has
   * ended or not, and all that cannot be read. Reads the whole table, page by page, as far as the
   * stream is used; what changes meanwhile may be seen or not.
   *
   * @return {@link StoredLock.Held} and {@link StoredLock.Unrecognized}, in no order; using the
   *     stream throws a {@link LockTableException} if DynamoDB cannot be used
   */
  public Stream<StoredLock> listHeld() {
    ScanPages pages = new ScanPages(client, lockRows);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(pages, Spliterator.NONNULL), false)
        .flatMap(page -> page.items().stream())
        .flatMap(item -> RowMapper.toStoredLock(item).stream());
  }

  /**
   * One lock, as it is at this moment.
   *
   * @param name its name
   * @return what its row says; empty where there is none, so that nobody holds it
   * @throws IllegalArgumentException if no lock can have that name
   * @throws LockTableException if DynamoDB cannot be used
   */
  public Optional<StoredLock> find(String name) {
    RowKeyValidator.require(name);
    return RowMapper.toStoredLock(
        sdkCalls()
            .run(
                "GetItem",
                () ->
                    client
                        .getItem(
                            lockRows
                                .getRow(name)
                                .overrideConfiguration(SdkCalls.WITH_TIMEOUT)
                                .build())
                        .item()));
  }

  /**
   * Frees a lock that somebody else holds, if its row is still as it was seen: not renewed, not
   * released, not taken over. What stays keeps the fencing token, so that the next holder's is
   * larger. The holder is not told: see {@link BreakResult.Broken}.
   *
   * @param seen the lock as {@link #find} or {@link #listHeld} showed it
   * @return whether it was broken
   * @throws LockTableException if DynamoDB cannot be used; where no answer came, the message says
   *     that it may have taken effect: look again
   */
  public BreakResult breakLock(StoredLock.Held seen) {
    LockRow row = seen.version().row();
    LockRow marker =
        RowMapper.marker(row, UUID.randomUUID().toString().replace("-", ""), timeSource.wallTime());
    PutItemRequest request =
        lockRows
            .breakLock(marker, row.version())
            .overrideConfiguration(SdkCalls.WITH_TIMEOUT)
            .build();
    return sdkCalls().run("PutItem", () -> putMarker(request, seen, marker));
  }

  private BreakResult putMarker(PutItemRequest request, StoredLock.Held seen, LockRow marker) {
    try {
      client.putItem(request);
      return new BreakResult.Broken(seen);
    } catch (ConditionalCheckFailedException e) {
      Map<String, AttributeValue> current = e.item();
      return isOwnMarker(current, marker)
          ? new BreakResult.Broken(seen)
          : new BreakResult.Changed(RowMapper.toStoredLock(current));
    }
  }

  /** The SDK repeats a write whose answer was lost, and is refused by its own marker. */
  private static boolean isOwnMarker(Map<String, AttributeValue> current, LockRow marker) {
    RowSnapshot snapshot = LockRows.snapshot(current);
    return snapshot instanceof LockRow row
        && row.version().nonce().equals(marker.version().nonce());
  }

  private SdkCalls sdkCalls() {
    return SdkCalls.forTable(lockRows.table());
  }

  @Override
  public String toString() {
    return "StoredLocks[table " + lockRows.table() + "]";
  }
}
