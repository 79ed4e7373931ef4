package dev.holdfast.testkit;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A parsed condition. Two-valued logic: what cannot be compared is false, and its NOT is true. */
sealed interface Condition {
  boolean holds(Map<String, AttributeValue> row, Bindings bindings);

  /** Refuses what DynamoDB refuses before it looks at any row. */
  void check(Bindings bindings);

  record And(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
      return left.holds(row, bindings) && right.holds(row, bindings);
    }

    @Override
    public void check(Bindings bindings) {
      left.check(bindings);
      right.check(bindings);
    }
  }

  record Or(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
      return left.holds(row, bindings) || right.holds(row, bindings);
    }

    @Override
    public void check(Bindings bindings) {
      left.check(bindings);
      right.check(bindings);
    }
  }

  record Not(Condition negated) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
      return !negated.holds(row, bindings);
    }

    @Override
    public void check(Bindings bindings) {
      negated.check(bindings);
    }
  }

  /** Parentheses: kept, since DynamoDB refuses doubled ones. */
  record Group(Condition inner) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
      return inner.holds(row, bindings);
    }

    @Override
    public void check(Bindings bindings) {
      inner.check(bindings);
    }
  }

  record Exists(Operand.Attribute attribute) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
      return attribute.in(row, bindings) != null;
    }

    @Override
    public void check(Bindings bindings) {
      bindings.name(attribute.placeholder());
    }
  }

  record Typed(Operand.Attribute attribute, Operand.Value type) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
      AttributeValue value = attribute.in(row, bindings);
      return value != null && Values.typeName(value).equals(type.in(row, bindings).s());
    }

    @Override
    public void check(Bindings bindings) {
      bindings.name(attribute.placeholder());
      OperandCheck.type(type, bindings);
    }
  }

  record Compared(Operand left, Comparison comparison, Operand right) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
      return comparison.test(left.in(row, bindings), right.in(row, bindings));
    }

    @Override
    public void check(Bindings bindings) {
      if (comparison.needsOrder()) {
        OperandCheck.ordered(comparison.sign(), List.of(left, right), bindings);
      }
      OperandCheck.distinct(comparison.sign(), left, List.of(right), bindings);
    }
  }

  record Between(Operand tested, Operand low, Operand high) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
      AttributeValue value = tested.in(row, bindings);
      return Comparison.AT_LEAST.test(value, low.in(row, bindings))
          && Comparison.AT_MOST.test(value, high.in(row, bindings));
    }

    @Override
    public void check(Bindings bindings) {
      OperandCheck.ordered("BETWEEN", List.of(tested, low, high), bindings);
      OperandCheck.distinct("BETWEEN", tested, List.of(low, high), bindings);
      OperandCheck.bounds(low, high, bindings);
    }
  }

  record In(Operand tested, List<Operand> allowed) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> row, Bindings bindings) {
      AttributeValue value = tested.in(row, bindings);
      return allowed.stream().anyMatch(o -> Values.equal(value, o.in(row, bindings)));
    }

    @Override
    public void check(Bindings bindings) {
      OperandCheck.distinct("IN", tested, allowed, bindings);
    }
  }
}
