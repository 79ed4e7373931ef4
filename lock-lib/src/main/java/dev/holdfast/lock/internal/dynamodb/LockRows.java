package dev.holdfast.lock.internal.dynamodb;

import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowSnapshot;
import dev.holdfast.lock.internal.protocol.RowVersion;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * Requests of the administration for the rows of a lock table. It is public for the
 * administration's package and not part of the API.
 *
 * @param table name or ARN
 */
public record LockRows(String table) {

  /**
   * Reads an item by the rules of locking.
   *
   * @param item the attributes of the item; empty if there is none
   * @return the row, or the reason why it is not a lock row
   */
  public static RowSnapshot snapshot(Map<String, AttributeValue> item) {
    return RowReader.snapshot(item);
  }

  /**
   * Returns the key of an item, even if the item is not a lock row.
   *
   * @param item an item of a table with the key of lock tables
   * @return the lock's name
   */
  public static String lockName(Map<String, AttributeValue> item) {
    AttributeValue key = item.get(RowAttribute.RESOURCE_ID.attributeName());
    return key == null || key.s() == null ? "" : key.s();
  }

  /**
   * Returns a strongly consistent read of one row.
   *
   * @param name the lock's name
   * @return the request
   */
  public GetItemRequest.Builder getRow(String name) {
    return GetItemRequest.builder().tableName(table).key(RowWriter.key(name)).consistentRead(true);
  }

  /**
   * Returns a scan of at most one item that starts at a key of lock tables. DynamoDB rejects it if
   * the table has another key.
   *
   * @return the request
   */
  public ScanRequest.Builder scanOneAfterKey() {
    return ScanRequest.builder().tableName(table).exclusiveStartKey(RowWriter.key("any")).limit(1);
  }

  /**
   * Returns a scan for rows that may block an acquire: held rows, and items that are not lock rows.
   *
   * @return the request for the first page
   */
  public ScanRequest.Builder scanBlocking() {
    return new DynamoDbRequests(table).scanBlocking();
  }

  /**
   * Returns the write that frees a held row, if its version has not changed.
   *
   * @param marker the remaining row
   * @param seenVersion version of the replaced row
   * @return the request
   */
  public PutItemRequest.Builder breakLock(LockRow marker, RowVersion seenVersion) {
    return new DynamoDbRequests(table).breakLock(marker, seenVersion);
  }
}
