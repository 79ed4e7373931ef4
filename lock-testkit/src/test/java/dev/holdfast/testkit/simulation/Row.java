package dev.holdfast.testkit.simulation;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row as the table has it.
 *
 * @param attributes empty where there is none
 */
record Row(Map<String, AttributeValue> attributes) {
  /** Equals no row that stands. */
  static final Row UNKNOWN = new Row(Map.of("unknown", AttributeValue.fromBool(true)));

  boolean stands() {
    return !attributes.isEmpty();
  }

  boolean is(String state, String holder) {
    return is(state) && text("holder").equals(holder);
  }

  boolean is(String state) {
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
