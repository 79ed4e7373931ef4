package dev.holdfast.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * A PutItem or DeleteItem request, in one shape.
 *
 * @param item the new item of a put, the key of a delete
 */
record Write(
    Operation operation,
    String table,
    Map<String, AttributeValue> item,
    Guard guard,
    Wanted wanted) {

  enum Operation {
    PUT("PutItem"),
    DELETE("DeleteItem");

    private final String wireName;

    Operation(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /** The condition and what its placeholders stand for. */
  record Guard(@Nullable String condition, Bindings bindings) {}

  /** What the caller wants to see of the old row. */
  record Wanted(boolean oldRow, boolean rowOnRefusal) {}

  static Write of(PutItemRequest put) {
    var bindings = new Bindings(put.expressionAttributeNames(), put.expressionAttributeValues());
    return new Write(
        Operation.PUT,
        put.tableName(),
        put.item(),
        new Guard(put.conditionExpression(), bindings),
        wanted(put.returnValues(), put.returnValuesOnConditionCheckFailure()));
  }

  static Write of(DeleteItemRequest delete) {
    var bindings =
        new Bindings(delete.expressionAttributeNames(), delete.expressionAttributeValues());
    return new Write(
        Operation.DELETE,
        delete.tableName(),
        delete.key(),
        new Guard(delete.conditionExpression(), bindings),
        wanted(delete.returnValues(), delete.returnValuesOnConditionCheckFailure()));
  }

  boolean isPut() {
    return operation == Operation.PUT;
  }

  private static Wanted wanted(
      @Nullable ReturnValue oldRow, @Nullable ReturnValuesOnConditionCheckFailure onRefusal) {
    ReturnValue values = oldRow == null ? ReturnValue.NONE : oldRow;
    if (!List.of(ReturnValue.NONE, ReturnValue.ALL_OLD).contains(values)) {
      throw ServiceError.validation("Return values set to invalid value");
    }
    return new Wanted(
        values == ReturnValue.ALL_OLD, onRefusal == ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }
}
