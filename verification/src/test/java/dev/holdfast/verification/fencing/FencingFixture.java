package dev.holdfast.verification.fencing;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Table of orders in DynamoDB Local, with an order for this test alone and tokens around 42. */
abstract class FencingFixture {
  final DynamoDbClient client;
  final String id = UUID.randomUUID().toString();
  final Fence fence = fence(42);

  FencingFixture(DynamoDbClient client) {
    this.client = client;
  }

  static LocalDynamoDb startServerWithOrders() {
    LocalDynamoDb server = LocalDynamoDb.start();
    server.createTable(FencedRequest.ORDERS, "id", ScalarAttributeType.S);
    return server;
  }

  static Fence fence(long token) {
    return Fence.of("order-1", new FencingToken(token));
  }

  /** Returns the stored order; empty if there is none. */
  Map<String, AttributeValue> storedItem() {
    return client
        .getItem(r -> r.tableName(FencedRequest.ORDERS).key(key()).consistentRead(true))
        .item();
  }

  void storeItem(Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.putAll(key());
    client.putItem(r -> r.tableName(FencedRequest.ORDERS).item(item));
  }

  Map<String, AttributeValue> key() {
    return FencedRequest.key(id);
  }

  static Map<String, AttributeValue> fenceAttribute(long token) {
    return Map.of("fence", AttributeValue.fromN(Long.toString(token)));
  }
}
