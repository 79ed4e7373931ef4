package dev.holdfast.testkit;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Requests to a table named locks, and the rows in them. */
public final class SampleRequests {
  private SampleRequests() {}

  public static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(String value) {
    return AttributeValue.fromN(value);
  }

  static Map<String, AttributeValue> row(String name, Object... attributes) {
    Map<String, AttributeValue> row = new HashMap<>();
    row.put("resource_id", text(name));
    for (int i = 0; i < attributes.length; i += 2) {
      row.put((String) attributes[i], value(attributes[i + 1]));
    }
    return row;
  }

  private static AttributeValue value(Object value) {
    return value instanceof Number number ? number(number.toString()) : text(value.toString());
  }

  static PutItemRequest.Builder put(Map<String, AttributeValue> item) {
    return PutItemRequest.builder()
        .tableName("locks")
        .item(item)
        .returnValues(ReturnValue.ALL_OLD)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  /** Creates a put with the condition that the row does not exist. */
  static PutItemRequest.Builder conditionalPut(Map<String, AttributeValue> item) {
    return put(item)
        .conditionExpression("attribute_not_exists(#k)")
        .expressionAttributeNames(Map.of("#k", "resource_id"));
  }

  static DeleteItemRequest.Builder delete(String name) {
    return DeleteItemRequest.builder()
        .tableName("locks")
        .key(Map.of("resource_id", text(name)))
        .returnValues(ReturnValue.ALL_OLD)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }
}
