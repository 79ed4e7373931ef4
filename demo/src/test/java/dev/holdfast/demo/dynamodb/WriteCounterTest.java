package dev.holdfast.demo.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.demo.dynamodb.WriteCounter.WriteCounts;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

final class WriteCounterTest {
  private static final Map<String, AttributeValue> ROW =
      Map.of("resource_id", AttributeValue.fromS("order-1"));

  @Test
  void counts_conditionFails_isCountedForItsTableOnly() {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.start();
        DynamoDbProxy proxy = DynamoDbProxy.start(dynamoDb.endpoint());
        DynamoDbClient client = LocalDynamoDb.clientBuilder(proxy.endpoint()).build()) {
      WriteCounter counter = WriteCounter.attachTo(proxy, "locks");
      dynamoDb.createLockTable("locks");
      dynamoDb.createLockTable("others");
      client.putItem(r -> r.tableName("others").item(ROW));
      client.putItem(r -> r.tableName("locks").item(ROW));
      counter.reset();

      client.putItem(r -> r.tableName("locks").item(ROW));
      assertThatThrownBy(
              () ->
                  client.putItem(
                      r ->
                          r.tableName("locks")
                              .item(ROW)
                              .conditionExpression("attribute_not_exists(resource_id)")))
          .isInstanceOf(ConditionalCheckFailedException.class);
      client.deleteItem(r -> r.tableName("locks").key(ROW));
      client.getItem(r -> r.tableName("locks").key(ROW));

      assertThat(counter.counts()).isEqualTo(new WriteCounts(2, 1, 1, 3));
    }
  }

  @Test
  void counts_rowAboveOneKibibyte_costsMoreWriteUnits() {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.start();
        DynamoDbProxy proxy = DynamoDbProxy.start(dynamoDb.endpoint());
        DynamoDbClient client = LocalDynamoDb.clientBuilder(proxy.endpoint()).build()) {
      WriteCounter counter = WriteCounter.attachTo(proxy, "locks");
      dynamoDb.createLockTable("locks");
      AttributeValue large = AttributeValue.fromS("x".repeat(1_500));

      client.putItem(
          r ->
              r.tableName("locks")
                  .item(Map.of("resource_id", AttributeValue.fromS("a"), "large", large)));

      assertThat(counter.counts()).isEqualTo(new WriteCounts(1, 0, 0, 2));
    }
  }
}
