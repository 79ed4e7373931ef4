package dev.holdfast.testkit;

import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB's comparison operators. What is missing, or of another type, equals nothing and is
 * neither before nor after anything; it therefore differs from everything.
 */
enum Comparison {
  EQUAL("=", true, order -> order == 0),
  DIFFERENT("<>", true, order -> order != 0),
  LESS("<", false, order -> order < 0),
  AT_MOST("<=", false, order -> order <= 0),
  MORE(">", false, order -> order > 0),
  AT_LEAST(">=", false, order -> order >= 0);

  private final String sign;
  private final boolean takesAnyType;
  private final IntPredicate accepts;

  Comparison(String sign, boolean takesAnyType, IntPredicate accepts) {
    this.sign = sign;
    this.takesAnyType = takesAnyType;
    this.accepts = accepts;
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
    return !takesAnyType;
  }

  boolean test(@Nullable AttributeValue left, @Nullable AttributeValue right) {
    if (takesAnyType) {
      return (this == EQUAL) == Values.equal(left, right);
    }
    OptionalInt order = Values.compare(left, right);
    return order.isPresent() && accepts.test(order.getAsInt());
  }
}
