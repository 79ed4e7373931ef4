package dev.holdfast.testkit;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Parsed condition. Its logic has two values: a comparison of incomparable values is false, and its
 * {@code NOT} is true.
 */
sealed interface ConditionExpression {
  boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings);

  /** Rejects a condition that DynamoDB rejects before it reads a row. */
  void check(PlaceholderBindings bindings);

  record And(ConditionExpression left, ConditionExpression right) implements ConditionExpression {
    @Override
    public boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      return left.evaluate(row, bindings) && right.evaluate(row, bindings);
    }

    @Override
    public void check(PlaceholderBindings bindings) {
      left.check(bindings);
      right.check(bindings);
    }
  }

  record Or(ConditionExpression left, ConditionExpression right) implements ConditionExpression {
    @Override
    public boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      return left.evaluate(row, bindings) || right.evaluate(row, bindings);
    }

    @Override
    public void check(PlaceholderBindings bindings) {
      left.check(bindings);
      right.check(bindings);
    }
  }

  record Not(ConditionExpression negated) implements ConditionExpression {
    @Override
    public boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      return !negated.evaluate(row, bindings);
    }

    @Override
    public void check(PlaceholderBindings bindings) {
      negated.check(bindings);
    }
  }

  /** Parentheses. The parser keeps them, because DynamoDB rejects doubled parentheses. */
  record Group(ConditionExpression inner) implements ConditionExpression {
    @Override
    public boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      return inner.evaluate(row, bindings);
    }

    @Override
    public void check(PlaceholderBindings bindings) {
      inner.check(bindings);
    }
  }

  record AttributeExists(Operand.Attribute attribute) implements ConditionExpression {
    @Override
    public boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      return attribute.resolve(row, bindings) != null;
    }

    @Override
    public void check(PlaceholderBindings bindings) {
      bindings.name(attribute.placeholder());
    }
  }

  record AttributeTypeIs(Operand.Attribute attribute, Operand.Value type)
      implements ConditionExpression {
    @Override
    public boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      AttributeValue value = attribute.resolve(row, bindings);
      return value != null
          && AttributeValues.typeName(value).equals(type.resolve(row, bindings).s());
    }

    @Override
    public void check(PlaceholderBindings bindings) {
      bindings.name(attribute.placeholder());
      OperandValidator.checkType(type, bindings);
    }
  }

  record Compare(Operand left, Comparison operator, Operand right) implements ConditionExpression {
    @Override
    public boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      return operator.test(left.resolve(row, bindings), right.resolve(row, bindings));
    }

    @Override
    public void check(PlaceholderBindings bindings) {
      if (operator.requiresOrder()) {
        OperandValidator.checkAllOrdered(operator.symbol(), List.of(left, right), bindings);
      }
      OperandValidator.checkDistinct(operator.symbol(), left, List.of(right), bindings);
    }
  }

  record Between(Operand tested, Operand low, Operand high) implements ConditionExpression {
    @Override
    public boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      AttributeValue value = tested.resolve(row, bindings);
      return Comparison.GREATER_THAN_OR_EQUAL.test(value, low.resolve(row, bindings))
          && Comparison.LESS_THAN_OR_EQUAL.test(value, high.resolve(row, bindings));
    }

    @Override
    public void check(PlaceholderBindings bindings) {
      OperandValidator.checkAllOrdered("BETWEEN", List.of(tested, low, high), bindings);
      OperandValidator.checkDistinct("BETWEEN", tested, List.of(low, high), bindings);
      OperandValidator.checkBounds(low, high, bindings);
    }
  }

  record In(Operand tested, List<Operand> allowed) implements ConditionExpression {
    @Override
    public boolean evaluate(Map<String, AttributeValue> row, PlaceholderBindings bindings) {
      AttributeValue value = tested.resolve(row, bindings);
      return allowed.stream().anyMatch(o -> AttributeValues.equal(value, o.resolve(row, bindings)));
    }

    @Override
    public void check(PlaceholderBindings bindings) {
      OperandValidator.checkDistinct("IN", tested, allowed, bindings);
    }
  }
}
