package dev.holdfast.testkit;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition expression, parsed once, with the placeholders that it uses. Safe for use by several
 * threads.
 */
final class ParsedCondition {
  private final Condition condition;
  private final Set<String> names;
  private final Set<String> values;
  private final Set<String> judged;
  private final AtomicReference<@Nullable Bindings> good = new AtomicReference<>();

  /**
   * Nothing was checked yet.
   *
   * @param judged the values of which the check looks at more than the type
   */
  ParsedCondition(Condition condition, Set<String> names, Set<String> values, Set<String> judged) {
    this.condition = condition;
    this.names = Set.copyOf(names);
    this.values = Set.copyOf(values);
    this.judged = Set.copyOf(judged);
  }

  /**
   * What the condition uses was named well, or it would not have been parsed. Most requests differ
   * from the one before in what no check looks at.
   */
  void check(Bindings bindings) {
    Bindings before = good.get();
    if (before != null && bindings.areLike(before, judged)) {
      return;
    }
    boolean allUsed = bindings.areAllIn(names, values);
    if (!allUsed) {
      bindings.checkNamedWell();
    }
    condition.check(bindings);
    if (!allUsed) {
      bindings.checkAllUsed(names, values);
    }
    good.set(bindings);
  }

  Set<String> names() {
    return names;
  }

  Set<String> values() {
    return values;
  }

  boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
    return condition.holds(row, bindings);
  }
}
