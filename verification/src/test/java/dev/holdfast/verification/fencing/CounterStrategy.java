package dev.holdfast.verification.fencing;

import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceCondition;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Ways to read a count, and to write it back by one more. */
enum CounterStrategy {
  /** As it ought to be: the fence is raised before the count is read. */
  FENCED {
    @Override
    long read(DynamoDbClient client, Fence fence) {
      return countOf(fence.advance(client, TABLE, key()));
    }

    @Override
    void write(DynamoDbClient client, Fence fence, long count) {
      FenceCondition raised = fence.ifCurrent();
      raised.send(() -> client.updateItem(raised.applyTo(updateRequest(count))));
    }
  },
  /** A write that requires {@code fence <= token}, without raising before the read. */
  IF_NOT_NEWER_ONLY {
    @Override
    long read(DynamoDbClient client, Fence fence) {
      return storedCount(client);
    }

    @Override
    void write(DynamoDbClient client, Fence fence, long count) {
      FenceCondition blind = fence.ifNotNewer();
      blind.send(() -> client.updateItem(blind.applyTo(updateRequest(count))));
    }
  },
  /** The lock alone. */
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

  /** Each way has a count of its own, so that all may share a table. */
  final Map<String, AttributeValue> key() {
    return Map.of("id", AttributeValue.fromS(name()));
  }

  static long countOf(Map<String, AttributeValue> item) {
    return Long.parseLong(item.getOrDefault("count", AttributeValue.fromN("0")).n());
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
