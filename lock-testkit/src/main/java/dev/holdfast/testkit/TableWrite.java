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
 * PutItem or DeleteItem request in a common form.
 *
 * @param item the new item of a put, or the key of a delete
 */
record TableWrite(
    Operation operation,
    String table,
    Map<String, AttributeValue> item,
    WriteCondition condition,
    ReturnOptions returnOptions) {

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

  /** Condition of a write with its placeholder bindings. */
  record WriteCondition(@Nullable String expression, PlaceholderBindings bindings) {}

  /** Requested return values: the old row, and the row after a condition failure. */
  record ReturnOptions(boolean oldRow, boolean rowOnConditionFailure) {}

  static TableWrite of(PutItemRequest put) {
    var bindings =
        new PlaceholderBindings(put.expressionAttributeNames(), put.expressionAttributeValues());
    return new TableWrite(
        Operation.PUT,
        put.tableName(),
        put.item(),
        new WriteCondition(put.conditionExpression(), bindings),
        returnOptions(put.returnValues(), put.returnValuesOnConditionCheckFailure()));
  }

  static TableWrite of(DeleteItemRequest delete) {
    var bindings =
        new PlaceholderBindings(
            delete.expressionAttributeNames(), delete.expressionAttributeValues());
    return new TableWrite(
        Operation.DELETE,
        delete.tableName(),
        delete.key(),
        new WriteCondition(delete.conditionExpression(), bindings),
        returnOptions(delete.returnValues(), delete.returnValuesOnConditionCheckFailure()));
  }

  boolean isPut() {
    return operation == Operation.PUT;
  }

  private static ReturnOptions returnOptions(
      @Nullable ReturnValue returnValues,
      @Nullable ReturnValuesOnConditionCheckFailure onConditionFailure) {
    ReturnValue effectiveValues = returnValues == null ? ReturnValue.NONE : returnValues;
    if (!List.of(ReturnValue.NONE, ReturnValue.ALL_OLD).contains(effectiveValues)) {
      throw ServiceError.validation("Return values set to invalid value");
    }
    return new ReturnOptions(
        effectiveValues == ReturnValue.ALL_OLD,
        onConditionFailure == ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }
}
