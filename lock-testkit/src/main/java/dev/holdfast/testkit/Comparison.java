package dev.holdfast.testkit;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Comparison operators of DynamoDB. A missing value and a value of another type equal nothing and
 * have no order; they differ from everything.
 */
enum Comparison {
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS_THAN("<"),
  LESS_THAN_OR_EQUAL("<="),
  GREATER_THAN(">"),
  GREATER_THAN_OR_EQUAL(">=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  static @Nullable Comparison of(Token token) {
    for (Comparison operator : values()) {
      if (token.isSymbol(operator.symbol)) {
        return operator;
      }
    }
    return null;
  }

  String symbol() {
    return symbol;
  }

  boolean requiresOrder() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  boolean test(@Nullable AttributeValue left, @Nullable AttributeValue right) {
    if (!requiresOrder()) {
      return (this == EQUAL) == AttributeValues.equal(left, right);
    }
    OptionalInt order = AttributeValues.compare(left, right);
    return order.isPresent() && accepts(order.getAsInt());
  }

  private boolean accepts(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS_THAN -> order < 0;
      case LESS_THAN_OR_EQUAL -> order <= 0;
      case GREATER_THAN -> order > 0;
      case GREATER_THAN_OR_EQUAL -> order >= 0;
    };
  }
}
