package dev.holdfast.testkit;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Receives each write that took effect, in their order, as a stream of the table does. */
@FunctionalInterface
public interface RowChangeListener {
  /**
   * Receives a write that took effect. The next write waits until this method returns.
   *
   * @param before the row before the write, or an empty map if it did not exist
   * @param after the row after the write, or an empty map if it was deleted
   */
  void onChange(Map<String, AttributeValue> before, Map<String, AttributeValue> after);
}
