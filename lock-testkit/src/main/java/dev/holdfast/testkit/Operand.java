package dev.holdfast.testkit;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Operand of a comparison: an attribute of the row, or a value of the request. */
sealed interface Operand {
  /** Returns the value, or null if the row lacks the attribute. */
  @Nullable AttributeValue resolve(Map<String, AttributeValue> row, PlaceholderBindings bindings);

  record Attribute(String placeholder) implements Operand {
    @Override
    public @Nullable AttributeValue resolve(
        Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      return row.get(bindings.name(placeholder));
    }
  }

  record Value(String placeholder) implements Operand {
    @Override
    public AttributeValue resolve(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      return bindings.value(placeholder);
    }
  }
}
