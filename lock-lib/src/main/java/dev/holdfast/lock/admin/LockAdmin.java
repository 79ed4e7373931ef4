package dev.holdfast.lock.admin;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.LockTableSchemaException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.internal.dynamodb.LockRows;
import dev.holdfast.lock.internal.protocol.LockRow;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
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
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Administration of the locks in one table: finds, lists and breaks them. Unlike locking, it reads
 * the table. Immutable and thread-safe.
 */
public final class LockAdmin {
  private static final int MAX_NAME_BYTES = 2_048;

  private final DynamoDbClient client;
  private final LockRows lockRows;
  private final TimeSource timeSource;

  private LockAdmin(DynamoDbClient client, LockRows lockRows, TimeSource timeSource) {
    this.client = client;
    this.lockRows = lockRows;
    this.timeSource = timeSource;
  }

  /**
   * Creates the administration of the locks in a table. Sends no request.
   *
   * @param client used with its own Region, credentials and retries; the caller closes it
   * @param table name or ARN of a lock table
   * @return the administration
   * @throws IllegalArgumentException if the name of the table is not valid
   */
  public static LockAdmin create(DynamoDbClient client, String table) {
    Objects.requireNonNull(client, "client");
    LockRows lockRows = new LockRows(TableSchema.requireTableName(table));
    return new LockAdmin(client, lockRows, TimeSource.system());
  }

  /**
   * Returns a copy with other clocks, for tests.
   *
   * @param newTimeSource the clocks
   * @return the copy
   */
  public LockAdmin withTimeSource(TimeSource newTimeSource) {
    Objects.requireNonNull(newTimeSource, "newTimeSource");
    return new LockAdmin(client, lockRows, newTimeSource);
  }

  /**
   * Lists the rows that may block an acquire: all held rows, also after the end of their lease, and
   * all rows that cannot be read. Reads the whole table page by page as the stream is consumed.
   * Changes during the scan may be included or not.
   *
   * @return {@link StoredLock.Held} and {@link StoredLock.Unrecognized}, in no order; the stream
   *     throws a {@link LockTableException} if DynamoDB cannot be used
   * @throws LockTableSchemaException if the table has another key than a lock table
   * @throws LockTableException if DynamoDB cannot be used
   */
  public Stream<StoredLock> listHeld() {
    requireLockTableKey();
    ScanRequest request =
        lockRows.scanBlocking().overrideConfiguration(SdkCalls.WITH_TIMEOUT).build();
    Iterator<ScanResponse> pages =
        convertErrors(client.scanPaginator(request).iterator(), sdkCalls());
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(pages, Spliterator.NONNULL), false)
        .flatMap(page -> page.items().stream())
        .flatMap(item -> RowMapper.toStoredLock(item).stream());
  }

  /** Reads at most one item, since a scan without a key does not fail in a table of another key. */
  private void requireLockTableKey() {
    ScanRequest request =
        lockRows.scanOneAfterKey().overrideConfiguration(SdkCalls.WITH_TIMEOUT).build();
    sdkCalls().readByKey("Scan", lockRows.table(), () -> client.scan(request));
  }

  private static Iterator<ScanResponse> convertErrors(
      Iterator<ScanResponse> pages, SdkCalls sdkCalls) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pages.hasNext();
      }

      @Override
      public ScanResponse next() {
        return sdkCalls.read("Scan", pages::next);
      }
    };
  }

  /**
   * Reads one lock, strongly consistently.
   *
   * @param name the lock's name
   * @return the content of its row; empty if there is no row, so that nobody holds the lock
   * @throws IllegalArgumentException if the name is not valid
   * @throws LockTableSchemaException if the table has another key than a lock table
   * @throws LockTableException if DynamoDB cannot be used
   */
  public Optional<StoredLock> find(String name) {
    Objects.requireNonNull(name, "name");
    requireName(name);
    return RowMapper.toStoredLock(
        sdkCalls()
            .readByKey(
                "GetItem",
                lockRows.table(),
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
   * Frees a lock of another holder if its row has not changed since it was read: it was not
   * renewed, released or taken over. The remaining row keeps the fencing token, so that the next
   * token is larger. The holder is not notified; see {@link BreakResult.Broken}.
   *
   * @param seen the lock as {@link #find} or {@link #listHeld} returned it
   * @return the result
   * @throws LockTableException if DynamoDB cannot be used; without a reply, the message says that
   *     the write may have taken effect: call {@link #find} again
   */
  public BreakResult breakLock(StoredLock.Held seen) {
    Objects.requireNonNull(seen, "seen");
    LockRow row = seen.version().row();
    LockRow marker =
        RowMapper.marker(row, UUID.randomUUID().toString().replace("-", ""), timeSource.wallTime());
    PutItemRequest request =
        lockRows
            .breakLock(marker, row.version())
            .overrideConfiguration(SdkCalls.WITH_TIMEOUT)
            .build();
    return sdkCalls().write("PutItem", () -> putMarker(request, seen, marker));
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

  /** The SDK resends a write after a lost reply, and its own marker then rejects the resend. */
  private static boolean isOwnMarker(Map<String, AttributeValue> current, LockRow marker) {
    return LockRows.snapshot(current) instanceof LockRow row
        && row.version().nonce().equals(marker.version().nonce());
  }

  /** Accepts each name that locking accepts, and also the keys of permits. */
  private static void requireName(String name) {
    int bytes = utf8Length(name);
    if (bytes < 1 || bytes > MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          "name must be 1 to 2048 bytes of UTF-8, got "
              + bytes
              + " bytes: no lock has another, pass the id of the resource");
    }
  }

  /** Rejects half of a surrogate pair, which would be sent as '?' and find another lock. */
  private static int utf8Length(String name) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "name must be valid Unicode, got half a surrogate pair in it: no lock has such a name",
          e);
    }
  }

  private SdkCalls sdkCalls() {
    return SdkCalls.forTable(lockRows.table());
  }

  @Override
  public String toString() {
    return "LockAdmin[table " + lockRows.table() + "]";
  }
}
