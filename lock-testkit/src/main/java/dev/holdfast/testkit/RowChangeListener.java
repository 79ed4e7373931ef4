package dev.holdfast.testkit;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Told of each write that took effect, in their order, as a stream of the table is. */
@FunctionalInterface
public interface RowChangeListener {
  /**
   * A write took effect; the next one waits until this returns.
   *
   * @param before the row before it, empty where there was none
   * @param after the row after it, empty where it was deleted
   */
  void onChange(Map<String, AttributeValue> before, Map<String, AttributeValue> after);
}
