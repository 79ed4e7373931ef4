package dev.holdfast.lock.dynamodb.admin;

import dev.holdfast.lock.LockTableException;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.LockItems;
import dev.holdfast.lock.dynamodb.TableSchema;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Seen;
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
public final class StoredLocks {
  private final DynamoDbClient client;
  private final LockItems items;
  private final TimeSource time;

  private StoredLocks(DynamoDbClient client, LockItems items, TimeSource time) {
    this.client = client;
    this.items = items;
    this.time = time;
  }

  /**
   * The locks of a table. Makes no call.
   *
   * @param client used as it is, with its Region, credentials and retries; the caller closes it
   * @param table name or ARN of a lock table
   * @return its locks
   * @throws IllegalArgumentException if no table can have that name
   */
  public static StoredLocks on(DynamoDbClient client, String table) {
    Objects.requireNonNull(client, "client");
    LockItems items = new LockItems(TableSchema.requireTable(table));
    return new StoredLocks(client, items, TimeSource.system());
  }

  /**
   * With other clocks, for tests.
   *
   * @param other the clocks
   * @return a copy
   */
  public StoredLocks withTime(TimeSource other) {
    return new StoredLocks(client, items, other);
  }

  /**
   * The rows that may block somebody: all that say that they are held, whether their lease has
   * ended or not, and all that cannot be read. Reads the whole table, page by page, as far as the
   * stream is used; what changes meanwhile may be seen or not.
   *
   * @return {@link StoredLock.Held} and {@link StoredLock.Unreadable}, in no order; using the
   *     stream throws a {@link LockTableException} if DynamoDB cannot be used
   */
  public Stream<StoredLock> held() {
    Pages pages = new Pages(client, items);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(pages, Spliterator.NONNULL), false)
        .flatMap(page -> page.items().stream())
        .flatMap(item -> Rows.lock(item).stream());
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
    RowName.require(name);
    return Rows.lock(
        calls()
            .run(
                "GetItem",
                () ->
                    client
                        .getItem(items.row(name).overrideConfiguration(Calls.BOUNDED).build())
                        .item()));
  }

  /**
   * Frees a lock that somebody else holds, if its row is still as it was seen: not renewed, not
   * released, not taken over. What stays keeps the fencing token, so that the next holder's is
   * larger. The holder is not told: see {@link Breaking.Broken}.
   *
   * @param seen the lock as {@link #find} or {@link #held} showed it
   * @return whether it was broken
   * @throws LockTableException if DynamoDB cannot be used; where no answer came, the message says
   *     that it may have taken effect: look again
   */
  public Breaking breakLock(StoredLock.Held seen) {
    LockRow row = seen.sight().row();
    LockRow marker = Rows.marker(row, UUID.randomUUID().toString().replace("-", ""), time.wall());
    PutItemRequest request =
        items.breaking(marker, row.stamp()).overrideConfiguration(Calls.BOUNDED).build();
    return calls().run("PutItem", () -> put(request, seen, marker));
  }

  private Breaking put(PutItemRequest request, StoredLock.Held seen, LockRow marker) {
    try {
      client.putItem(request);
      return new Breaking.Broken(seen);
    } catch (ConditionalCheckFailedException e) {
      Map<String, AttributeValue> current = e.item();
      return isMine(current, marker)
          ? new Breaking.Broken(seen)
          : new Breaking.Changed(Rows.lock(current));
    }
  }

  /** The SDK repeats a write whose answer was lost, and is refused by its own marker. */
  private static boolean isMine(Map<String, AttributeValue> current, LockRow marker) {
    Seen there = LockItems.seen(current);
    return there instanceof LockRow row && row.stamp().nonce().equals(marker.stamp().nonce());
  }

  private Calls calls() {
    return Calls.about(items.table());
  }

  @Override
  public String toString() {
    return "StoredLocks[table " + items.table() + "]";
  }
}
