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
      return count(fence.raise(client, TABLE, KEY));
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
  private static final Map<String, AttributeValue> KEY =
      Map.of("id", AttributeValue.fromS("counter"));

  abstract long read(DynamoDbClient client, Fence fence);

  abstract void write(DynamoDbClient client, Fence fence, long count);

  static long stored(DynamoDbClient client) {
    return count(client.getItem(r -> r.tableName(TABLE).key(KEY).consistentRead(true)).item());
  }

  private static long count(Map<String, AttributeValue> item) {
    return Long.parseLong(item.getOrDefault("count", AttributeValue.fromN("0")).n());
  }

  private static UpdateItemRequest setting(long count) {
    return UpdateItemRequest.builder()
        .tableName(TABLE)
        .key(KEY)
        .updateExpression("SET #count = :count")
        .expressionAttributeNames(Map.of("#count", "count"))
        .expressionAttributeValues(Map.of(":count", AttributeValue.fromN(Long.toString(count))))
        .build();
  }
}
