package dev.holdfast.testkit.fence;

import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceCondition;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Ways to read a count, and to write it back by one more. */
enum Counting {
  /** As it ought to be: the fence is raised before the count is read. */
  FENCED {
    @Override
    long read(DynamoDbClient client, Fence fence) {
      return count(fence.raise(client, TABLE, key()));
    }

    @Override
    void write(DynamoDbClient client, Fence fence, long count) {
      FenceCondition raised = fence.raised();
      raised.send(() -> client.updateItem(raised.addedTo(setting(count))));
    }
  },
  /** A write that requires {@code fence <= token}, without raising before the read. */
  NOT_NEWER_ALONE {
    @Override
    long read(DynamoDbClient client, Fence fence) {
      return stored(client);
    }

    @Override
    void write(DynamoDbClient client, Fence fence, long count) {
      FenceCondition blind = fence.blind();
      blind.send(() -> client.updateItem(blind.addedTo(setting(count))));
    }
  },
  /** The lock alone. */
  UNFENCED {
    @Override
    long read(DynamoDbClient client, Fence fence) {
      return stored(client);
    }

    @Override
    void write(DynamoDbClient client, Fence fence, long count) {
      client.updateItem(setting(count));
    }
  };

  private static final String TABLE = "items";

  abstract long read(DynamoDbClient client, Fence fence);

  abstract void write(DynamoDbClient client, Fence fence, long count);

  final long stored(DynamoDbClient client) {
    return count(client.getItem(r -> r.tableName(TABLE).key(key()).consistentRead(true)).item());
  }

  /** Each way has a count of its own, so that all may share a table. */
  final Map<String, AttributeValue> key() {
    return Map.of("id", AttributeValue.fromS(name()));
  }

  static long count(Map<String, AttributeValue> item) {
    return Long.parseLong(item.getOrDefault("count", AttributeValue.fromN("0")).n());
  }

  final UpdateItemRequest setting(long count) {
    return UpdateItemRequest.builder()
        .tableName(TABLE)
        .key(key())
        .updateExpression("SET #count = :count")
        .expressionAttributeNames(Map.of("#count", "count"))
        .expressionAttributeValues(Map.of(":count", AttributeValue.fromN(Long.toString(count))))
        .build();
  }
}
