package dev.holdfast.lock.internal.dynamodb;

import static dev.holdfast.lock.internal.dynamodb.RowWriter.number;
import static dev.holdfast.lock.internal.dynamodb.RowWriter.string;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Condition that {@link RowReader} can read the row. An acquire is sent before the row was read,
 * and it must not overwrite an incomplete or invalid row.
 *
 * <p>The condition cannot detect a number that is not whole.
 */
final class ReadableRowCondition {
  static final String EXPRESSION =
      "attribute_type(#nonce, :text) AND attribute_type(#holder, :text)"
          + " AND #token >= :zero AND #version BETWEEN :zero AND :count_max"
          + " AND #lease_ms BETWEEN :lease_min AND :lease_max"
          + " AND #expires_at BETWEEN :zero AND :time_max"
          + " AND #acquired_at BETWEEN :zero AND :time_max"
          + " AND (attribute_not_exists(#skew_ms) OR #skew_ms BETWEEN :zero AND :time_max)"
          + " AND (attribute_not_exists(#ttl) OR #ttl BETWEEN :zero AND :time_max)"
          + " AND (attribute_not_exists(#event) OR attribute_type(#event, :text))"
          + " AND (attribute_not_exists(#payload_hash) OR attribute_type(#payload_hash, :text))"
          + " AND (attribute_not_exists(#result) OR attribute_type(#result, :text)"
          + " OR attribute_type(#result, :bytes))";

  static final List<RowAttribute> ATTRIBUTES =
      List.of(
          RowAttribute.NONCE,
          RowAttribute.TOKEN,
          RowAttribute.VERSION,
          RowAttribute.LEASE_MS,
          RowAttribute.EXPIRES_AT,
          RowAttribute.SKEW_MS,
          RowAttribute.TTL,
          RowAttribute.EVENT,
          RowAttribute.HOLDER,
          RowAttribute.ACQUIRED_AT,
          RowAttribute.PAYLOAD_HASH,
          RowAttribute.RESULT);

  static final Map<String, AttributeValue> VALUES =
      Map.of(
          ":text", string("S"),
          ":bytes", string("B"),
          ":zero", number(0),
          ":count_max", number(RowReader.MAX_COUNTER),
          ":lease_min", number(RowReader.MIN_LEASE_MILLIS),
          ":lease_max", number(RowReader.MAX_LEASE_MILLIS),
          ":time_max", number(RowReader.MAX_TIME_MILLIS));

  private ReadableRowCondition() {}
}
