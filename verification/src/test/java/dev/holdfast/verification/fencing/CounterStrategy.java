package dev.holdfast.verification.fencing;

import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceCondition;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Strategies that read a count and write it back, incremented by one. */
enum CounterStrategy {
  /** Advances the fence before the count is read. */
  FENCED {
    @Override
    long read(DynamoDbClient client, Fence fence) {
      return countOf(fence.advance(client, TABLE, key()));
    }

    @Override
    void write(DynamoDbClient client, Fence fence, long count) {
      FenceCondition current = fence.ifCurrent();
      current.send(() -> client.updateItem(fencedUpdateRequest(count, current)));
    }
  },
  /** Requires {@code fence <= token} of the write, without an advance before the read. */
  IF_NOT_NEWER_ONLY {
    @Override
    long read(DynamoDbClient client, Fence fence) {
      return storedCount(client);
    }

    @Override
    void write(DynamoDbClient client, Fence fence, long count) {
      FenceCondition notNewer = fence.ifNotNewer();
      notNewer.send(() -> client.updateItem(fencedUpdateRequest(count, notNewer)));
    }
  },
  /** Uses the lock without a fence. */
  UNFENCED {
    @Override
    long read(DynamoDbClient client, Fence fence) {
      return storedCount(client);
    }

    @Override
    void write(DynamoDbClient client, Fence fence, long count) {
      client.updateItem(updateRequest(count));
    }
  };

  private static final String TABLE = "items";

  abstract long read(DynamoDbClient client, Fence fence);

  abstract void write(DynamoDbClient client, Fence fence, long count);

  final long storedCount(DynamoDbClient client) {
    return countOf(client.getItem(r -> r.tableName(TABLE).key(key()).consistentRead(true)).item());
  }

  /** Returns the key of this strategy, so that all strategies can share a table. */
  final Map<String, AttributeValue> key() {
    return Map.of("id", AttributeValue.fromS(name()));
  }

  static long countOf(Map<String, AttributeValue> item) {
    return Long.parseLong(item.getOrDefault("count", AttributeValue.fromN("0")).n());
  }

  final UpdateItemRequest fencedUpdateRequest(long count, FenceCondition fence) {
    UpdateItemRequest update = updateRequest(count);
    return update.toBuilder()
        .updateExpression(update.updateExpression() + ", " + fence.assignment())
        .conditionExpression(fence.condition())
        .expressionAttributeNames(fence.names(update.expressionAttributeNames()))
        .expressionAttributeValues(fence.values(update.expressionAttributeValues()))
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  final UpdateItemRequest updateRequest(long count) {
    return UpdateItemRequest.builder()
        .tableName(TABLE)
        .key(key())
        .updateExpression("SET #count = :count")
        .expressionAttributeNames(Map.of("#count", "count"))
        .expressionAttributeValues(Map.of(":count", AttributeValue.fromN(Long.toString(count))))
        .build();
  }
}
