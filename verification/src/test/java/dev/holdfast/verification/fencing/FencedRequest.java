package dev.holdfast.verification.fencing;

import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.lock.dynamodb.FenceCondition;
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
 * Every kind of request to which a fence can be added, each with a condition of the caller's own
 * that holds for a missing item and for one whose {@code owner} is nobody else.
 */
enum FencedRequest {
  PUT {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      PutItemRequest put =
          PutItemRequest.builder()
              .tableName(ORDERS)
              .item(item(id))
              .conditionExpression(OWN_CONDITION)
              .expressionAttributeNames(NAMES)
              .expressionAttributeValues(VALUES)
              .build();
      fence.send(() -> client.putItem(fence.applyTo(put)));
    }
  },
  UPDATE {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      UpdateItemRequest update =
          UpdateItemRequest.builder()
              .tableName(ORDERS)
              .key(key(id))
              .updateExpression(UPDATE_EXPRESSION)
              .conditionExpression(OWN_CONDITION)
              .expressionAttributeNames(NAMES)
              .expressionAttributeValues(VALUES)
              .build();
      fence.send(() -> client.updateItem(fence.applyTo(update)));
    }
  },
  DELETE {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      DeleteItemRequest deletion =
          DeleteItemRequest.builder()
              .tableName(ORDERS)
              .key(key(id))
              .conditionExpression(OWN_CONDITION)
              .expressionAttributeNames(NAMES)
              .expressionAttributeValues(VALUES)
              .build();
      fence.send(() -> client.deleteItem(fence.applyTo(deletion)));
    }
  },
  TRANSACTIONAL_PUT {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      Put put =
          Put.builder()
              .tableName(ORDERS)
              .item(item(id))
              .conditionExpression(OWN_CONDITION)
              .expressionAttributeNames(NAMES)
              .expressionAttributeValues(VALUES)
              .build();
      transact(client, fence, TransactWriteItem.builder().put(fence.applyTo(put)).build());
    }
  },
  TRANSACTIONAL_UPDATE {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      Update update =
          Update.builder()
              .tableName(ORDERS)
              .key(key(id))
              .updateExpression(UPDATE_EXPRESSION)
              .conditionExpression(OWN_CONDITION)
              .expressionAttributeNames(NAMES)
              .expressionAttributeValues(VALUES)
              .build();
      transact(client, fence, TransactWriteItem.builder().update(fence.applyTo(update)).build());
    }
  },
  TRANSACTIONAL_DELETE {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      Delete deletion =
          Delete.builder()
              .tableName(ORDERS)
              .key(key(id))
              .conditionExpression(OWN_CONDITION)
              .expressionAttributeNames(NAMES)
              .expressionAttributeValues(VALUES)
              .build();
      transact(client, fence, TransactWriteItem.builder().delete(fence.applyTo(deletion)).build());
    }
  },
  TRANSACTIONAL_CONDITION_CHECK {
    @Override
    void send(DynamoDbClient client, FenceCondition fence, String id) {
      ConditionCheck check =
          ConditionCheck.builder()
              .tableName(ORDERS)
              .key(key(id))
              .conditionExpression(OWN_CONDITION)
              .expressionAttributeNames(NAMES)
              .expressionAttributeValues(VALUES)
              .build();
      transact(
          client, fence, TransactWriteItem.builder().conditionCheck(fence.applyTo(check)).build());
    }
  };

  static final String ORDERS = "orders";

  /** Uses the fence's own placeholders, and an OR that must not break out. */
  private static final String OWN_CONDITION =
      "attribute_not_exists(#holdfast_fence) OR #holdfast_fence = :holdfast_fence";

  private static final String UPDATE_EXPRESSION = "SET #holdfast_fence = :holdfast_fence";
  private static final Map<String, String> NAMES = Map.of("#holdfast_fence", "owner");
  private static final Map<String, AttributeValue> VALUES =
      Map.of(":holdfast_fence", AttributeValue.fromS("me"));

  /**
   * Sends it as a user would.
   *
   * @throws FenceRefusedException if the fence refused
   * @throws RuntimeException the SDK's, if the caller's own condition refused
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
