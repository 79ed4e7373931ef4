package dev.holdfast.verification.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceCondition;
import dev.holdfast.lock.dynamodb.FenceRefusedException;
import dev.holdfast.lock.dynamodb.FenceRefusedException.Reason;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.testkit.wire.FaultProxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

class FenceAdvanceTest extends FencingFixture {
  @AutoClose private static final LocalDynamoDb server = startServerWithOrders();
  @AutoClose private static final DynamoDbClient shared = server.client();

  private static final Map<String, AttributeValue> STOCK =
      Map.of("stock", AttributeValue.fromN("5"));

  FenceAdvanceTest() {
    super(shared);
  }

  @Test
  void advance_ofUnfencedItem_returnsItemWithFence() {
    storeItem(STOCK);
    assertThat(advance(fence))
        .isEqualTo(storedItem())
        .isEqualTo(itemWith(STOCK, fenceAttribute(42)));
  }

  @Test
  void advance_overOlderHolder_returnsItsItem() {
    storeItem(itemWith(STOCK, fenceAttribute(41)));
    assertThat(advance(fence))
        .isEqualTo(storedItem())
        .isEqualTo(itemWith(STOCK, fenceAttribute(42)));
  }

  @Test
  void advance_again_changesNothing() {
    storeItem(STOCK);
    assertThat(advance(fence)).isEqualTo(advance(fence)).isEqualTo(storedItem());
  }

  @Test
  void advance_ofMissingItem_createsItemWithFenceOnly() {
    assertThat(advance(fence)).isEqualTo(storedItem()).isEqualTo(itemWith(fenceAttribute(42)));
  }

  @Test
  void advance_belowNewerHolder_isRefused_andChangesNothing() {
    storeItem(itemWith(STOCK, fenceAttribute(43)));
    assertRefused(fence, Reason.NEWER_HOLDER);
    assertThat(storedItem()).isEqualTo(itemWith(STOCK, fenceAttribute(43)));
  }

  @Test
  void advance_ofAttributeOfWrongType_isRefused_andChangesNothing() {
    Map<String, AttributeValue> item = Map.of("fence", AttributeValue.fromS("text"));
    storeItem(item);
    assertRefused(fence, Reason.INVALID_FENCE);
    assertThat(storedItem()).isEqualTo(itemWith(item));
  }

  @Test
  void advance_ofAttributeWithReservedName_succeeds_andLeavesOtherAttributes() {
    storeItem(fenceAttribute(99));
    assertThat(advance(fence.attribute("token")))
        .isEqualTo(itemWith(fenceAttribute(99), Map.of("token", AttributeValue.fromN("42"))));
  }

  @Test
  void advance_ofAttributeNameWithDot_isTopLevel() {
    assertThat(advance(fence.attribute("lock.fence")))
        .containsEntry("lock.fence", AttributeValue.fromN("42"));
  }

  @Test
  void advance_inMissingTable_throwsSdkException() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> fence.advance(client, "nowhere", key()));
  }

  @Test
  void ifNotNewerUpdate_withCallersCondition_failsByThatCondition() {
    FenceCondition ifNotNewer = fence.ifNotNewer();
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(FencedRequest.ORDERS)
            .key(key())
            .updateExpression("SET " + ifNotNewer.assignment())
            .conditionExpression(ifNotNewer.condition() + " AND attribute_exists(#id)")
            .expressionAttributeNames(ifNotNewer.names(Map.of("#id", "id")))
            .expressionAttributeValues(ifNotNewer.values(Map.of()))
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> ifNotNewer.send(() -> client.updateItem(request)));
    assertThat(storedItem()).isEmpty();

    storeItem(STOCK);
    assertThat(ifNotNewer.send(() -> client.updateItem(request)).attributes())
        .isEqualTo(itemWith(STOCK, fenceAttribute(42)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REPLY_LOST", "FAILED_AFTER_APPLYING", "FAILED_BEFORE_APPLYING", "THROTTLED"})
  void advance_afterLostReply_succeedsWithOneMoreRequest(Fault fault) {
    storeItem(STOCK);
    try (FaultProxy proxy = FaultProxy.start(server.endpoint());
        DynamoDbClient proxiedClient = LocalDynamoDb.clientBuilder(proxy.endpoint()).build()) {
      proxy.faults().next(fault);

      assertThat(fence.advance(proxiedClient, FencedRequest.ORDERS, key()))
          .isEqualTo(itemWith(STOCK, fenceAttribute(42)));

      assertThat(proxy.requestCounts()).isEqualTo(Map.of("UpdateItem", 2));
    }
  }

  @Test
  void advance_sendsOneUpdateItem() {
    try (FaultProxy proxy = FaultProxy.start(server.endpoint());
        DynamoDbClient proxiedClient = LocalDynamoDb.clientBuilder(proxy.endpoint()).build()) {
      fence.advance(proxiedClient, FencedRequest.ORDERS, key());
      assertThat(proxy.requestCounts()).isEqualTo(Map.of("UpdateItem", 1));
    }
  }

  private Map<String, AttributeValue> advance(Fence holderFence) {
    return holderFence.advance(client, FencedRequest.ORDERS, key());
  }

  private void assertRefused(Fence holderFence, Reason reason) {
    assertThatExceptionOfType(FenceRefusedException.class)
        .isThrownBy(() -> advance(holderFence))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @SafeVarargs
  private Map<String, AttributeValue> itemWith(Map<String, AttributeValue>... parts) {
    Map<String, AttributeValue> item = new HashMap<>(key());
    for (Map<String, AttributeValue> part : parts) {
      item.putAll(part);
    }
    return item;
  }
}
