package dev.holdfast.testkit;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Condition expression that is parsed once, with the placeholders that it uses. Thread-safe. */
final class ParsedCondition {
  private final ConditionExpression condition;
  private final Set<String> names;
  private final Set<String> values;
  private final Set<String> contentCheckedValues;
  private final AtomicReference<@Nullable PlaceholderBindings> lastValidBindings =
      new AtomicReference<>();

  /**
   * Creates a condition that has not been checked.
   *
   * @param contentCheckedValues the values for which the check depends on more than the type
   */
  ParsedCondition(
      ConditionExpression condition,
      Set<String> names,
      Set<String> values,
      Set<String> contentCheckedValues) {
    this.condition = condition;
    this.names = Set.copyOf(names);
    this.values = Set.copyOf(values);
    this.contentCheckedValues = Set.copyOf(contentCheckedValues);
  }

  /**
   * Checks the bindings. Names need no check, because parsing succeeded. Most requests differ from
   * the previous one only in values that the check does not read, so that this method reuses its
   * result.
   */
  void check(PlaceholderBindings bindings) {
    PlaceholderBindings lastValid = lastValidBindings.get();
    if (lastValid != null && bindings.isEquivalentTo(lastValid, contentCheckedValues)) {
      return;
    }
    boolean allUsed = bindings.areAllUsed(names, values);
    if (!allUsed) {
      bindings.checkPlaceholderSyntax();
    }
    condition.check(bindings);
    if (!allUsed) {
      bindings.checkAllUsed(names, values);
    }
    lastValidBindings.set(bindings);
  }

  Set<String> names() {
    return names;
  }

  Set<String> values() {
    return values;
  }

  boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
    return condition.evaluate(row, bindings);
  }
}
