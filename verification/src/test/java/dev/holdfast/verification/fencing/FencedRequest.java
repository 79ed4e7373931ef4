package dev.holdfast.verification.fencing;

import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import dev.holdfast.lock.dynamodb.FenceCondition;
import dev.holdfast.lock.dynamodb.FenceRefusedException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Kinds of requests that can be fenced. Each also has a condition of the caller, which holds for a
 * missing item and for an item whose {@code owner} is the caller.
 */
enum FencedRequest {
  PUT {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      PutItemRequest put =
          PutItemRequest.builder()
              .tableName(ORDERS)
              .item(fence.item(item(id)))
              .conditionExpression(condition(fence))
              .expressionAttributeNames(fence.names(NAMES))
              .expressionAttributeValues(fence.values(VALUES))
              .returnValuesOnConditionCheckFailure(ALL_OLD)
              .build();
      fence.send(() -> client.putItem(put));
    }
  },
  UPDATE {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      UpdateItemRequest update =
          UpdateItemRequest.builder()
              .tableName(ORDERS)
              .key(key(id))
              .updateExpression("SET #owner = :me, " + fence.assignment())
              .conditionExpression(condition(fence))
              .expressionAttributeNames(fence.names(NAMES))
              .expressionAttributeValues(fence.values(VALUES))
              .returnValuesOnConditionCheckFailure(ALL_OLD)
              .build();
      fence.send(() -> client.updateItem(update));
    }
  },
  DELETE {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      DeleteItemRequest deletion =
          DeleteItemRequest.builder()
              .tableName(ORDERS)
              .key(key(id))
              .conditionExpression(condition(fence))
              .expressionAttributeNames(fence.names(NAMES))
              .expressionAttributeValues(fence.values(VALUES))
              .returnValuesOnConditionCheckFailure(ALL_OLD)
              .build();
      fence.send(() -> client.deleteItem(deletion));
    }
  },
  TRANSACTIONAL_PUT {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      Put put =
          Put.builder()
              .tableName(ORDERS)
              .item(fence.item(item(id)))
              .conditionExpression(condition(fence))
              .expressionAttributeNames(fence.names(NAMES))
              .expressionAttributeValues(fence.values(VALUES))
              .returnValuesOnConditionCheckFailure(ALL_OLD)
              .build();
      transact(client, fence, TransactWriteItem.builder().put(put).build());
    }
  },
  TRANSACTIONAL_UPDATE {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      Update update =
          Update.builder()
              .tableName(ORDERS)
              .key(key(id))
              .updateExpression("SET #owner = :me, " + fence.assignment())
              .conditionExpression(condition(fence))
              .expressionAttributeNames(fence.names(NAMES))
              .expressionAttributeValues(fence.values(VALUES))
              .returnValuesOnConditionCheckFailure(ALL_OLD)
              .build();
      transact(client, fence, TransactWriteItem.builder().update(update).build());
    }
  },
  TRANSACTIONAL_DELETE {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      Delete deletion =
          Delete.builder()
              .tableName(ORDERS)
              .key(key(id))
              .conditionExpression(condition(fence))
              .expressionAttributeNames(fence.names(NAMES))
              .expressionAttributeValues(fence.values(VALUES))
              .returnValuesOnConditionCheckFailure(ALL_OLD)
              .build();
      transact(client, fence, TransactWriteItem.builder().delete(deletion).build());
    }
  },
  TRANSACTIONAL_CONDITION_CHECK {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      ConditionCheck check =
          ConditionCheck.builder()
              .tableName(ORDERS)
              .key(key(id))
              .conditionExpression(condition(fence))
              .expressionAttributeNames(fence.names(NAMES))
              .expressionAttributeValues(fence.values(VALUES))
              .returnValuesOnConditionCheckFailure(ALL_OLD)
              .build();
      transact(client, fence, TransactWriteItem.builder().conditionCheck(check).build());
    }
  };

  static final String ORDERS = "orders";

  /** Condition with an OR, which {@link #condition} puts in parentheses. */
  private static final String OWN_CONDITION = "attribute_not_exists(#owner) OR #owner = :me";

  private static final Map<String, String> NAMES = Map.of("#owner", "owner");
  private static final Map<String, AttributeValue> VALUES =
      Map.of(":me", AttributeValue.fromS("me"));

  private static String condition(FenceCondition fence) {
    return fence.condition() + " AND (" + OWN_CONDITION + ")";
  }

  /**
   * Sends the request as a user does.
   *
   * @throws FenceRefusedException if the fence refused
   * @throws RuntimeException of the SDK, if the condition of the caller failed
   */
  abstract void send(DynamoDbClient client, FenceCondition fence, String id);

  boolean isDelete() {
    return this == DELETE || this == TRANSACTIONAL_DELETE;
  }

  boolean isWrite() {
    return this != TRANSACTIONAL_CONDITION_CHECK && !isDelete();
  }

  static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> item(String id) {
    return Map.of("id", AttributeValue.fromS(id), "owner", AttributeValue.fromS("me"));
  }

  private static void transact(
      DynamoDbClient client, FenceCondition fence, TransactWriteItem part) {
    try {
      client.transactWriteItems(r -> r.transactItems(part));
    } catch (TransactionCanceledException e) {
      throw fence.refusal(e.cancellationReasons().get(0)).<RuntimeException>map(x -> x).orElse(e);
    }
  }
}
