package dev.holdfast.verification.simulation;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row of the table.
 *
 * @param attributes the attributes; empty if there is no row
 */
record TableRow(Map<String, AttributeValue> attributes) {
  /** A row that equals no stored row. */
  static final TableRow UNKNOWN = new TableRow(Map.of("unknown", AttributeValue.fromBool(true)));

  boolean exists() {
    return !attributes.isEmpty();
  }

  boolean hasState(String state, String holder) {
    return hasState(state) && text("holder").equals(holder);
  }

  boolean hasState(String state) {
    return text("state").equals(state);
  }

  String nonce() {
    return text("nonce");
  }

  String text(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? "" : value.s();
  }

  long number(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? 0 : Long.parseLong(value.n());
  }
}
