package dev.holdfast.verification.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceCondition;
import dev.holdfast.lock.dynamodb.FenceRefusedException;
import dev.holdfast.lock.dynamodb.FenceRefusedException.Reason;
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
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Tests each kind of request with each form of the fence, for each state of the item. */
class FencedRequestTest extends FencingFixture {
  @AutoClose private static final LocalDynamoDb server = startServerWithOrders();
  @AutoClose private static final DynamoDbClient shared = server.client();

  private static final Map<String, AttributeValue> OWN_ITEM =
      Map.of("owner", AttributeValue.fromS("me"));
  private static final Map<String, AttributeValue> FENCE_OF_WRONG_TYPE =
      Map.of("fence", AttributeValue.fromS("text"));

  FencedRequestTest() {
    super(shared);
  }

  @ParameterizedTest
  @EnumSource
  void ifCurrent_afterAdvance_isAccepted_andKeepsFence(FencedRequest write) {
    fence.advance(client, FencedRequest.ORDERS, key());
    assertAccepted(write, fence.ifCurrent());
    assertThat(storedItem().containsKey("owner")).isEqualTo(write.isWrite());
  }

  @ParameterizedTest
  @EnumSource
  void ifCurrent_afterAdvanceOfNewerHolder_isRefused(FencedRequest write) {
    fence.advance(client, FencedRequest.ORDERS, key());
    fence(43).advance(client, FencedRequest.ORDERS, key());
    assertRefused(write, fence.ifCurrent(), Reason.NEWER_HOLDER);
  }

  @ParameterizedTest
  @EnumSource
  void ifCurrent_withoutAdvance_overOlderHolder_isRefused(FencedRequest write) {
    storeItem(fenceAttribute(41));
    assertRefused(write, fence.ifCurrent(), Reason.NOT_ADVANCED);
  }

  @ParameterizedTest
  @EnumSource
  void ifCurrent_withoutAdvance_ofUnfencedItem_isRefused(FencedRequest write) {
    storeItem(OWN_ITEM);
    assertRefused(write, fence.ifCurrent(), Reason.NOT_ADVANCED);
  }

  @ParameterizedTest
  @EnumSource
  void ifCurrent_ofDeletedItem_isRefused(FencedRequest write) {
    assertRefused(write, fence.ifCurrent(), Reason.NOT_ADVANCED);
  }

  @ParameterizedTest
  @EnumSource
  void fenceAttributeOfWrongType_isRefused(FencedRequest write) {
    storeItem(FENCE_OF_WRONG_TYPE);
    assertRefused(write, fence.ifCurrent(), Reason.INVALID_FENCE);
    assertRefused(write, fence.ifNotNewer(), Reason.INVALID_FENCE);
  }

  @ParameterizedTest
  @EnumSource
  void ifNotNewer_ofMissingItem_isAccepted(FencedRequest write) {
    assertAccepted(write, fence.ifNotNewer());
  }

  @ParameterizedTest
  @EnumSource
  void ifNotNewer_ofUnfencedItem_isAccepted(FencedRequest write) {
    storeItem(OWN_ITEM);
    assertAccepted(write, fence.ifNotNewer());
  }

  @ParameterizedTest
  @EnumSource
  void ifNotNewer_overOlderHolder_isAccepted(FencedRequest write) {
    storeItem(fenceAttribute(41));
    assertAccepted(write, fence.ifNotNewer());
  }

  @ParameterizedTest
  @EnumSource
  void ifNotNewer_overOwnFence_isAccepted(FencedRequest write) {
    storeItem(fenceAttribute(42));
    assertAccepted(write, fence.ifNotNewer());
  }

  @ParameterizedTest
  @EnumSource
  void ifNotNewer_belowNewerHolder_isRefused(FencedRequest write) {
    storeItem(fenceAttribute(43));
    assertRefused(write, fence.ifNotNewer(), Reason.NEWER_HOLDER);
  }

  @ParameterizedTest
  @EnumSource
  void failureOfCallersCondition_isNotFenceRefusal(FencedRequest write) {
    Map<String, AttributeValue> otherItem = new HashMap<>(fenceAttribute(42));
    otherItem.put("owner", AttributeValue.fromS("another owner"));
    storeItem(otherItem);
    for (FenceCondition condition : new FenceCondition[] {fence.ifCurrent(), fence.ifNotNewer()}) {
      assertThat(catchThrowable(() -> write.send(client, condition, id)))
          .isInstanceOfAny(
              ConditionalCheckFailedException.class, TransactionCanceledException.class);
    }
    assertThat(storedItem()).containsAllEntriesOf(otherItem);
  }

  @ParameterizedTest
  @EnumSource
  void ifCurrent_afterLostReply_isAppliedOnce(FencedRequest write) {
    fence.advance(client, FencedRequest.ORDERS, key());
    try (FaultProxy proxy = FaultProxy.start(server.endpoint());
        DynamoDbClient proxiedClient = LocalDynamoDb.clientBuilder(proxy.endpoint()).build()) {
      proxy.faults().nextFailsAfterApplying();

      Throwable outcome = catchThrowable(() -> write.send(proxiedClient, fence.ifCurrent(), id));

      assertThat(proxy.requestCounts().values()).containsExactly(2);
      if (write == FencedRequest.DELETE) {
        assertThat(outcome).hasMessageContaining("there is no item");
      } else {
        assertThat(outcome).isNull();
      }
      assertThat(storedItem().isEmpty()).isEqualTo(write.isDelete());
      assertThat(storedItem().containsKey("owner")).isEqualTo(write.isWrite());
    }
  }

  @Test
  void twoLocks_withTwoFences_guardOneItem() {
    Fence other = fence(7).attribute("other_fence");
    other.advance(client, FencedRequest.ORDERS, key());
    FenceCondition first = fence.ifNotNewer();
    FenceCondition second = other.ifCurrent();
    UpdateItemRequest both =
        UpdateItemRequest.builder()
            .tableName(FencedRequest.ORDERS)
            .key(key())
            .updateExpression("SET " + first.assignment())
            .conditionExpression(first.condition() + " AND " + second.condition())
            .expressionAttributeNames(second.names(first.names(Map.of())))
            .expressionAttributeValues(second.values(first.values(Map.of())))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    client.updateItem(both);
    assertThat(storedItem())
        .containsEntry("fence", AttributeValue.fromN("42"))
        .containsEntry("other_fence", AttributeValue.fromN("7"));

    fence(8).attribute("other_fence").advance(client, FencedRequest.ORDERS, key());
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> client.updateItem(both))
        .satisfies(e -> assertThat(fence.ifNotNewer().refusal(e)).isEmpty())
        .satisfies(
            e ->
                assertThat(other.ifCurrent().refusal(e))
                    .get()
                    .extracting(FenceRefusedException::reason)
                    .isEqualTo(Reason.NEWER_HOLDER));
  }

  private void assertAccepted(FencedRequest write, FenceCondition condition) {
    Map<String, AttributeValue> before = storedItem();
    write.send(client, condition, id);
    if (write.isDelete()) {
      assertThat(storedItem()).isEmpty();
    } else if (write.isWrite()) {
      assertThat(storedItem())
          .containsAllEntriesOf(fenceAttribute(42))
          .containsAllEntriesOf(OWN_ITEM);
    } else {
      assertThat(storedItem()).isEqualTo(before);
    }
  }

  private void assertRefused(FencedRequest write, FenceCondition condition, Reason reason) {
    Map<String, AttributeValue> before = storedItem();
    assertThatExceptionOfType(FenceRefusedException.class)
        .isThrownBy(() -> write.send(client, condition, id))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(storedItem()).isEqualTo(before);
  }
}
