package dev.holdfast.lock.dynamodb;

import static dev.holdfast.lock.dynamodb.Attribute.FORMAT;
import static dev.holdfast.lock.dynamodb.Attribute.NONCE;
import static dev.holdfast.lock.dynamodb.Attribute.RESOURCE_ID;
import static dev.holdfast.lock.dynamodb.Attribute.STATE;
import static dev.holdfast.lock.dynamodb.Attribute.TOKEN;
import static dev.holdfast.lock.dynamodb.Attribute.VERSION;
import static dev.holdfast.lock.dynamodb.Items.number;
import static dev.holdfast.lock.dynamodb.Items.text;

import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Stamp;
import dev.holdfast.lock.protocol.Write;
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
 * The requests, each with its condition beside its values. Nothing else in the library writes to a
 * lock table.
 *
 * @param table name or ARN
 */
record Requests(String table) {

  private static final String ACQUIRE =
      "attribute_not_exists(#resource_id) OR (#format = :format AND #token < :token AND ("
          + "#state = :free"
          + " OR (#state = :done AND #expires_at <= :now)";
  private static final String AND_READABLE = ") AND " + ReadableRow.CONDITION + ")";
  private static final String BY_CLOCK =
      " OR (#state = :held AND #expires_at <= :before AND #skew_ms <= :skew)";
  private static final String WATCHED =
      " OR (#state = :held AND #nonce = :watchedNonce AND #version = :watchedVersion)";

  private static final String MINE =
      "#format = :format AND #nonce = :nonce AND #token = :token AND #state = :held";
  private static final String REDEEM = MINE + " AND #version = :version";
  private static final String BLOCKING =
      "NOT (#format = :format AND #state IN (:free, :done) AND " + ReadableRow.CONDITION + ")";
  private static final String RENEW = MINE + " AND #version < :version";

  private static final Map<String, String> ACQUIRE_NAMES =
      names(ReadableRow.ATTRIBUTES, RESOURCE_ID, FORMAT, STATE);
  private static final Map<String, String> BLOCKING_NAMES =
      names(ReadableRow.ATTRIBUTES, FORMAT, STATE);
  private static final Map<String, String> MINE_NAMES =
      names(List.of(), FORMAT, NONCE, TOKEN, STATE);
  private static final Map<String, String> VERSION_NAMES =
      names(List.of(), FORMAT, NONCE, TOKEN, STATE, VERSION);

  PutItemRequest.Builder acquire(Write.Acquire write) {
    Write.TakeOverByClock byClock = write.byClock();
    Stamp watched = write.watched();
    Map<String, AttributeValue> values = new HashMap<>(ReadableRow.VALUES);
    values.put(":format", number(LockRow.FORMAT));
    values.put(":token", number(write.row().stamp().token()));
    values.put(":free", text(RowState.FREE.name()));
    values.put(":done", text(RowState.DONE.name()));
    values.put(":now", number(write.nowMillis()));
    if (byClock != null) {
      values.put(":held", text(RowState.HELD.name()));
      values.put(":before", number(byClock.endedByMillis()));
      values.put(":skew", number(byClock.skewMillisMax()));
    }
    if (watched != null) {
      values.put(":held", text(RowState.HELD.name()));
      values.put(":watchedNonce", text(watched.nonce()));
      values.put(":watchedVersion", number(watched.version()));
    }
    String condition =
        ACQUIRE
            + (byClock == null ? "" : BY_CLOCK)
            + (watched == null ? "" : WATCHED)
            + AND_READABLE;
    return put(write.row(), condition, ACQUIRE_NAMES, values);
  }

  PutItemRequest.Builder redeem(Write.Redeem write) {
    Map<String, AttributeValue> values = mine(write.given());
    values.put(":version", number(write.given().version()));
    return put(write.row(), REDEEM, VERSION_NAMES, values);
  }

  /** Frees somebody's row exactly as it was seen, so that a renewal since then is not cut off. */
  PutItemRequest.Builder breaking(LockRow marker, Stamp seen) {
    return redeem(new Write.Redeem(marker, seen));
  }

  /**
   * What is not known to block nobody: held rows, and all that is not ours. Locking leaves alone
   * what is half-written, also where it looks free, so that blocks too.
   */
  ScanRequest.Builder blocking() {
    Map<String, AttributeValue> values = new HashMap<>(ReadableRow.VALUES);
    values.put(":format", number(LockRow.FORMAT));
    values.put(":free", text(RowState.FREE.name()));
    values.put(":done", text(RowState.DONE.name()));
    return ScanRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .filterExpression(BLOCKING)
        .expressionAttributeNames(BLOCKING_NAMES)
        .expressionAttributeValues(values);
  }

  PutItemRequest.Builder renew(Write.Renew write) {
    Map<String, AttributeValue> values = mine(write.row().stamp());
    values.put(":version", number(write.row().stamp().version()));
    return put(write.row(), RENEW, VERSION_NAMES, values);
  }

  PutItemRequest.Builder settle(Write.Settle write) {
    return put(write.row(), MINE, MINE_NAMES, mine(write.row().stamp()));
  }

  PutItemRequest.Builder restore(Write.Restore write) {
    return put(write.row(), MINE, MINE_NAMES, mine(write.mine()));
  }

  DeleteItemRequest.Builder forget(Write.Forget write) {
    return DeleteItemRequest.builder()
        .tableName(table)
        .key(Items.key(write.row()))
        .conditionExpression(MINE)
        .expressionAttributeNames(MINE_NAMES)
        .expressionAttributeValues(mine(write.row().stamp()))
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
        .item(Items.item(row))
        .conditionExpression(condition)
        .expressionAttributeNames(names)
        .expressionAttributeValues(values)
        .returnValues(ReturnValue.ALL_OLD)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  private static Map<String, AttributeValue> mine(Stamp stamp) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":format", number(LockRow.FORMAT));
    values.put(":nonce", text(stamp.nonce()));
    values.put(":token", number(stamp.token()));
    values.put(":held", text(RowState.HELD.name()));
    return values;
  }

  private static Map<String, String> names(List<Attribute> some, Attribute... more) {
    return Stream.concat(some.stream(), Stream.of(more))
        .collect(Collectors.toUnmodifiableMap(Attribute::placeholder, Attribute::stored));
  }
}
