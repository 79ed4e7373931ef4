package dev.holdfast.lock.dynamodb;

import static dev.holdfast.lock.dynamodb.Items.number;
import static dev.holdfast.lock.dynamodb.Items.text;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * That a row is one which {@link ItemReader} can read, as a condition: an acquire is sent before
 * anybody has seen the row, and must not overwrite what is half-written or makes no sense.
 *
 * <p>A number that is not whole is the one thing that no condition can tell.
 */
final class ReadableRow {
  static final String CONDITION =
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

  static final List<Attribute> ATTRIBUTES =
      List.of(
          Attribute.NONCE,
          Attribute.TOKEN,
          Attribute.VERSION,
          Attribute.LEASE_MS,
          Attribute.EXPIRES_AT,
          Attribute.SKEW_MS,
          Attribute.TTL,
          Attribute.EVENT,
          Attribute.HOLDER,
          Attribute.ACQUIRED_AT,
          Attribute.PAYLOAD_HASH,
          Attribute.RESULT);

  static final Map<String, AttributeValue> VALUES =
      Map.of(
          ":text", text("S"),
          ":bytes", text("B"),
          ":zero", number(0),
          ":count_max", number(ItemReader.COUNTER_MAX),
          ":lease_min", number(ItemReader.LEASE_MILLIS_MIN),
          ":lease_max", number(ItemReader.LEASE_MILLIS_MAX),
          ":time_max", number(ItemReader.YEAR_9999_MILLIS));

  private ReadableRow() {}
}
