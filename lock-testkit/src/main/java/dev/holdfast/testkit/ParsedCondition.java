package dev.holdfast.testkit;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A condition expression, parsed once, with the placeholders that it uses. */
record ParsedCondition(Condition condition, Set<String> names, Set<String> values) {
  /** What the condition uses was named well, or it would not have been parsed. */
  void check(Bindings bindings) {
    boolean allUsed = bindings.areAllIn(names, values);
    if (!allUsed) {
      bindings.checkNamedWell();
    }
    condition.check(bindings);
    if (!allUsed) {
      bindings.checkAllUsed(names, values);
    }
  }

  boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
    return condition.holds(row, bindings);
  }
}
