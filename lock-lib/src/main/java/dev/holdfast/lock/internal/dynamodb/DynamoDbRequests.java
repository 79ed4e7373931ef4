package dev.holdfast.lock.internal.dynamodb;

import static dev.holdfast.lock.internal.dynamodb.RowAttribute.FORMAT;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.NONCE;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.RESOURCE_ID;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.STATE;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.TOKEN;
import static dev.holdfast.lock.internal.dynamodb.RowAttribute.VERSION;
import static dev.holdfast.lock.internal.dynamodb.RowWriter.number;
import static dev.holdfast.lock.internal.dynamodb.RowWriter.string;

import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * Requests to the lock table, each with its condition next to its values. Every write to a lock
 * table is built here.
 *
 * @param table name or ARN of the lock table
 */
record DynamoDbRequests(String table) {

  private static final String ACQUIRE =
      "attribute_not_exists(#resource_id) OR (#format = :format AND #token < :token AND ("
          + "#state = :free"
          + " OR (#state = :completed AND #expires_at <= :now)";
  private static final String READABLE_SUFFIX = ") AND " + ReadableRowCondition.EXPRESSION + ")";
  private static final String CLOCK_TAKEOVER =
      " OR (#state = :held AND #expires_at <= :before AND #skew_ms <= :skew)";
  private static final String WATCHED_TAKEOVER =
      " OR (#state = :held AND #nonce = :watchedNonce AND #version = :watchedVersion)";

  private static final String OWNED =
      "#format = :format AND #nonce = :nonce AND #token = :token AND #state = :held";
  private static final String RESUME = OWNED + " AND #version = :version";
  private static final String BLOCKING =
      "NOT (#format = :format AND #state IN (:free, :completed) AND #token <= :token_max AND "
          + ReadableRowCondition.EXPRESSION
          + ")";
  private static final String RENEW = OWNED + " AND #version < :version";

  private static final Map<String, String> ACQUIRE_NAMES =
      names(ReadableRowCondition.ATTRIBUTES, RESOURCE_ID, FORMAT, STATE);
  private static final Map<String, String> BLOCKING_NAMES =
      names(ReadableRowCondition.ATTRIBUTES, FORMAT, STATE);
  private static final Map<String, String> OWNED_NAMES =
      names(List.of(), FORMAT, NONCE, TOKEN, STATE);
  private static final Map<String, String> VERSION_NAMES =
      names(List.of(), FORMAT, NONCE, TOKEN, STATE, VERSION);

  PutItemRequest.Builder acquire(Write.Acquire write) {
    Write.ClockTakeover clockTakeover = write.clockTakeover();
    RowVersion watchedVersion = write.watchedVersion();
    Map<String, AttributeValue> values = new HashMap<>(ReadableRowCondition.VALUES);
    values.put(":format", number(LockRow.FORMAT));
    values.put(":token", number(write.row().version().token()));
    values.put(":free", string(RowState.FREE.name()));
    values.put(":completed", string(RowState.COMPLETED.name()));
    values.put(":now", number(write.nowMillis()));
    if (clockTakeover != null) {
      values.put(":held", string(RowState.HELD.name()));
      values.put(":before", number(clockTakeover.expiredByMillis()));
      values.put(":skew", number(clockTakeover.maxSkewMillis()));
    }
    if (watchedVersion != null) {
      values.put(":held", string(RowState.HELD.name()));
      values.put(":watchedNonce", string(watchedVersion.nonce()));
      values.put(":watchedVersion", number(watchedVersion.renewals()));
    }
    String condition =
        ACQUIRE
            + (clockTakeover == null ? "" : CLOCK_TAKEOVER)
            + (watchedVersion == null ? "" : WATCHED_TAKEOVER)
            + READABLE_SUFFIX;
    return put(write.row(), condition, ACQUIRE_NAMES, values);
  }

  PutItemRequest.Builder resume(Write.Resume write) {
    Map<String, AttributeValue> values = ownedValues(write.transferredVersion());
    values.put(":version", number(write.transferredVersion().renewals()));
    return put(write.row(), RESUME, VERSION_NAMES, values);
  }

  /**
   * Returns the write that frees a held row, unless it was renewed or changed since it was read.
   */
  PutItemRequest.Builder breakLock(LockRow marker, RowVersion seenVersion) {
    return resume(new Write.Resume(marker, seenVersion));
  }

  /**
   * Returns a scan for all rows that may block an acquire: held rows, and items that are not lock
   * rows. An incomplete row blocks even if its state is FREE, since locking does not overwrite it.
   */
  ScanRequest.Builder scanBlocking() {
    Map<String, AttributeValue> values = new HashMap<>(ReadableRowCondition.VALUES);
    values.put(":format", number(LockRow.FORMAT));
    values.put(":free", string(RowState.FREE.name()));
    values.put(":completed", string(RowState.COMPLETED.name()));
    values.put(":token_max", number(LockRow.MAX_REPLACED_TOKEN));
    return ScanRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .filterExpression(BLOCKING)
        .expressionAttributeNames(BLOCKING_NAMES)
        .expressionAttributeValues(values);
  }

  PutItemRequest.Builder renew(Write.Renew write) {
    Map<String, AttributeValue> values = ownedValues(write.row().version());
    values.put(":version", number(write.row().version().renewals()));
    return put(write.row(), RENEW, VERSION_NAMES, values);
  }

  PutItemRequest.Builder end(Write.End write) {
    return put(write.row(), OWNED, OWNED_NAMES, ownedValues(write.row().version()));
  }

  PutItemRequest.Builder restore(Write.Restore write) {
    return put(write.row(), OWNED, OWNED_NAMES, ownedValues(write.ownVersion()));
  }

  DeleteItemRequest.Builder delete(Write.Delete write) {
    return DeleteItemRequest.builder()
        .tableName(table)
        .key(RowWriter.key(write.row()))
        .conditionExpression(OWNED)
        .expressionAttributeNames(OWNED_NAMES)
        .expressionAttributeValues(ownedValues(write.row().version()))
        .returnValues(ReturnValue.ALL_OLD)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  private PutItemRequest.Builder put(
      LockRow row,
      String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    return PutItemRequest.builder()
        .tableName(table)
        .item(RowWriter.toItem(row))
        .conditionExpression(condition)
        .expressionAttributeNames(names)
        .expressionAttributeValues(values)
        .returnValues(ReturnValue.ALL_OLD)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  private static Map<String, AttributeValue> ownedValues(RowVersion version) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":format", number(LockRow.FORMAT));
    values.put(":nonce", string(version.nonce()));
    values.put(":token", number(version.token()));
    values.put(":held", string(RowState.HELD.name()));
    return values;
  }

  private static Map<String, String> names(
      List<RowAttribute> attributes, RowAttribute... moreAttributes) {
    return Stream.concat(attributes.stream(), Stream.of(moreAttributes))
        .collect(
            Collectors.toUnmodifiableMap(RowAttribute::placeholder, RowAttribute::attributeName));
  }
}
