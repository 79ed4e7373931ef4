package dev.holdfast.testkit;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB's comparison operators. What is missing, or of another type, equals nothing and is
 * neither before nor after anything; it therefore differs from everything.
 */
enum Comparison {
  EQUAL("="),
  DIFFERENT("<>"),
  LESS("<"),
  AT_MOST("<="),
  MORE(">"),
  AT_LEAST(">=");

  private final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  static @Nullable Comparison of(Token token) {
    for (Comparison comparison : values()) {
      if (token.isSign(comparison.sign)) {
        return comparison;
      }
    }
    return null;
  }

  String sign() {
    return sign;
  }

  boolean needsOrder() {
    return this != EQUAL && this != DIFFERENT;
  }

  boolean test(@Nullable AttributeValue left, @Nullable AttributeValue right) {
    if (!needsOrder()) {
      return (this == EQUAL) == Values.equal(left, right);
    }
    OptionalInt order = Values.compare(left, right);
    return order.isPresent() && accepts(order.getAsInt());
  }

  private boolean accepts(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case DIFFERENT -> order != 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }
}
