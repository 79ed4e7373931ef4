package dev.holdfast.testkit.simulation;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The row of the one name that is fought for, or its absence, as the table has it. */
record Row(Optional<Map<String, AttributeValue>> attributes) {
  /** Equals no row that stands. */
  static final Row UNKNOWN = new Row(Optional.of(Map.of()));

  boolean is(String state, String holder) {
    return text("state").equals(state) && text("holder").equals(holder);
  }

  boolean is(String state) {
    return text("state").equals(state);
  }

  String text(String name) {
    return attributes.map(row -> row.get(name)).map(AttributeValue::s).orElse("");
  }

  long number(String name) {
    return attributes
        .map(row -> row.get(name))
        .map(AttributeValue::n)
        .map(Long::parseLong)
        .orElse(0L);
  }
}
