package dev.holdfast.verification.processes;

import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.dynamodb.Fence;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** A counter under a fence, in an item of its own. The lock of the same name protects it. */
public record FencedRegister(DynamoDbClient client, String name) {
  public static final String TABLE = "registers";
  static final String KEY = "id";
  private static final AttributeValue ZERO = AttributeValue.fromN("0");

  /** Advances the fence, and then reads the counter. */
  public long advanceFenceAndRead(HeldLock lock) {
    return count(Fence.of(lock).advance(client, TABLE, key()));
  }

  /** Writes the counter. Throws if another holder has advanced the fence. */
  public void write(HeldLock lock, long value) {
    var fence = Fence.of(lock).ifCurrent();
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(TABLE)
            .key(key())
            .updateExpression("SET #count = :count")
            .conditionExpression(fence.condition())
            .expressionAttributeNames(fence.names(Map.of("#count", "count")))
            .expressionAttributeValues(
                fence.values(Map.of(":count", AttributeValue.fromN(Long.toString(value)))))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    fence.send(() -> client.updateItem(request));
  }

  public long read() {
    return count(client.getItem(r -> r.tableName(TABLE).key(key()).consistentRead(true)).item());
  }

  private static long count(Map<String, AttributeValue> item) {
    return Long.parseLong(item.getOrDefault("count", ZERO).n());
  }

  private Map<String, AttributeValue> key() {
    return Map.of(KEY, AttributeValue.fromS(name));
  }
}
