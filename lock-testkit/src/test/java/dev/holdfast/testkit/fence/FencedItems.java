package dev.holdfast.testkit.fence;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A table of orders in DynamoDB Local, an order that no other test uses, and tokens around 42. */
abstract class FencedItems {
  final DynamoDbClient client;
  final String id = UUID.randomUUID().toString();
  final Fence fence = fence(42);

  FencedItems(DynamoDbClient client) {
    this.client = client;
  }

  static LocalDynamoDb serverWithOrders() {
    LocalDynamoDb server = LocalDynamoDb.start();
    server.createTable(FencedWrite.ORDERS, "id", ScalarAttributeType.S);
    return server;
  }

  static Fence fence(long token) {
    return Fence.of("order-1", new FencingToken(token));
  }

  /** The order as it is; empty where there is none. */
  Map<String, AttributeValue> stored() {
    return client
        .getItem(r -> r.tableName(FencedWrite.ORDERS).key(key()).consistentRead(true))
        .item();
  }

  void store(Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.putAll(key());
    client.putItem(r -> r.tableName(FencedWrite.ORDERS).item(item));
  }

  Map<String, AttributeValue> key() {
    return FencedWrite.key(id);
  }

  static Map<String, AttributeValue> fencedAt(long token) {
    return Map.of("fence", AttributeValue.fromN(Long.toString(token)));
  }
}
