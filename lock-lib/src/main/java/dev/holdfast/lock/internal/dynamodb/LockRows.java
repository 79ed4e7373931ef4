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
 * The rows of a lock table for those who look after it. Public for the administration's package; as
 * the protocol that it speaks of, not part of the stable interface.
 *
 * @param table name or ARN
 */
public record LockRows(String table) {

  /**
   * Reads an item by the rules by which locking reads it.
   *
   * @param item the item's attributes; empty where there is none
   * @return the row, or why it is none
   */
  public static RowSnapshot snapshot(Map<String, AttributeValue> item) {
    return RowReader.snapshot(item);
  }

  /**
   * The key of an item, also where the rest of it is not ours.
   *
   * @param item an item of a table with our key
   * @return the lock's name
   */
  public static String lockName(Map<String, AttributeValue> item) {
    AttributeValue key = item.get(RowAttribute.RESOURCE_ID.attributeName());
    return key == null || key.s() == null ? "" : key.s();
  }

  /**
   * A request for one row, as it is at that moment.
   *
   * @param name the lock's name
   * @return the request
   */
  public GetItemRequest.Builder getRow(String name) {
    return GetItemRequest.builder().tableName(table).key(RowWriter.key(name)).consistentRead(true);
  }

  /**
   * A request for the rows that may block somebody: those that are held, and those that are not
   * ours.
   *
   * @return the request for the first page
   */
  public ScanRequest.Builder scanBlocking() {
    return new DynamoDbRequests(table).scanBlocking();
  }

  /**
   * A write that frees a held row, where it is exactly as it was seen.
   *
   * @param marker the row that stays
   * @param seenVersion the row that goes
   * @return the request
   */
  public PutItemRequest.Builder breakLock(LockRow marker, RowVersion seenVersion) {
    return new DynamoDbRequests(table).breakLock(marker, seenVersion);
  }
}
