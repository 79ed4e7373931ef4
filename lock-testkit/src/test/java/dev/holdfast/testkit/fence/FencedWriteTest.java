package dev.holdfast.testkit.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.lock.FenceRefusedException.Reason;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceCondition;
import dev.holdfast.testkit.local.LocalDynamoDb;
import dev.holdfast.testkit.wire.FaultProxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Every kind of request under each form of the fence, on what the item may be. */
class FencedWriteTest extends FencedItems {
  @AutoClose private static final LocalDynamoDb server = serverWithOrders();
  @AutoClose private static final DynamoDbClient shared = server.client();

  private static final Map<String, AttributeValue> MINE =
      Map.of("owner", AttributeValue.fromS("me"));
  private static final Map<String, AttributeValue> TEXT =
      Map.of("fence", AttributeValue.fromS("picket"));

  FencedWriteTest() {
    super(shared);
  }

  @ParameterizedTest
  @EnumSource
  void afterRaise_isAccepted_andKeepsTheFence(FencedWrite write) {
    fence.raise(client, FencedWrite.ORDERS, key());
    assertAccepted(write, fence.raised());
    assertThat(stored().containsKey("owner")).isEqualTo(write.writes());
  }

  @ParameterizedTest
  @EnumSource
  void afterALaterHolderRaised_isRefused(FencedWrite write) {
    fence.raise(client, FencedWrite.ORDERS, key());
    fence(43).raise(client, FencedWrite.ORDERS, key());
    assertRefused(write, fence.raised(), Reason.NEWER_HOLDER);
  }

  @ParameterizedTest
  @EnumSource
  void withoutRaise_overAnEarlierHolder_isRefused(FencedWrite write) {
    store(fencedAt(41));
    assertRefused(write, fence.raised(), Reason.NOT_RAISED);
  }

  @ParameterizedTest
  @EnumSource
  void withoutRaise_ofAnItemWithoutAFence_isRefused(FencedWrite write) {
    store(MINE);
    assertRefused(write, fence.raised(), Reason.NOT_RAISED);
  }

  @ParameterizedTest
  @EnumSource
  void afterRaise_ofAnItemThatWasDeletedSince_isRefused(FencedWrite write) {
    assertRefused(write, fence.raised(), Reason.NOT_RAISED);
  }

  @ParameterizedTest
  @EnumSource
  void onAnAttributeThatIsNoNumber_isRefused(FencedWrite write) {
    store(TEXT);
    assertRefused(write, fence.raised(), Reason.NOT_A_FENCE);
    assertRefused(write, fence.blind(), Reason.NOT_A_FENCE);
  }

  @ParameterizedTest
  @EnumSource
  void blind_ofAMissingItem_isAccepted(FencedWrite write) {
    assertAccepted(write, fence.blind());
  }

  @ParameterizedTest
  @EnumSource
  void blind_ofAnItemWithoutAFence_isAccepted(FencedWrite write) {
    store(MINE);
    assertAccepted(write, fence.blind());
  }

  @ParameterizedTest
  @EnumSource
  void blind_overAnEarlierHolder_isAccepted(FencedWrite write) {
    store(fencedAt(41));
    assertAccepted(write, fence.blind());
  }

  @ParameterizedTest
  @EnumSource
  void blind_overOnesOwnFence_isAccepted(FencedWrite write) {
    store(fencedAt(42));
    assertAccepted(write, fence.blind());
  }

  @ParameterizedTest
  @EnumSource
  void blind_belowALaterHolder_isRefused(FencedWrite write) {
    store(fencedAt(43));
    assertRefused(write, fence.blind(), Reason.NEWER_HOLDER);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheCallersOwnConditionRefuses_isNoRefusalOfTheFence(FencedWrite write) {
    Map<String, AttributeValue> theirs = new HashMap<>(fencedAt(42));
    theirs.put("owner", AttributeValue.fromS("somebody else"));
    store(theirs);
    for (FenceCondition condition : new FenceCondition[] {fence.raised(), fence.blind()}) {
      assertThat(catchThrowable(() -> write.send(client, condition, id)))
          .isInstanceOfAny(
              ConditionalCheckFailedException.class, TransactionCanceledException.class);
    }
    assertThat(stored()).containsAllEntriesOf(theirs);
  }

  @ParameterizedTest
  @EnumSource
  void afterRaise_whoseAnswerIsLost_isMadeOnce_orFindsItsOwnDeletion(FencedWrite write) {
    fence.raise(client, FencedWrite.ORDERS, key());
    try (FaultProxy proxy = FaultProxy.inFrontOf(server.endpoint());
        DynamoDbClient far = LocalDynamoDb.clientBuilder(proxy.endpoint()).build()) {
      proxy.faults().nextFailsAfterApplying();

      Throwable outcome = catchThrowable(() -> write.send(far, fence.raised(), id));

      assertThat(proxy.requests().values()).containsExactly(2);
      if (write == FencedWrite.DELETE) {
        assertThat(outcome).hasMessageContaining("there is no item");
      } else {
        assertThat(outcome).isNull();
      }
      assertThat(stored().isEmpty()).isEqualTo(write.deletes());
      assertThat(stored().containsKey("owner")).isEqualTo(write.writes());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET #b = :b",
        "set #b = :b remove #c",
        "REMOVE #c SET #b = :b",
        "REMOVE #c",
        "ADD #b :b REMOVE #c",
        "SET #b = if_not_exists(#b, :b), #set = :b",
      })
  void blindUpdate_raisesTheFenceBesideTheCallersClauses(String update) {
    store(Map.of("c", AttributeValue.fromN("1")));
    FenceCondition blind = fence.blind();
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    for (String name : new String[] {"b", "c", "set"}) {
      if (update.contains("#" + name)) {
        names.put("#" + name, name);
      }
    }
    if (update.contains(":b")) {
      values.put(":b", AttributeValue.fromN("7"));
    }
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(FencedWrite.ORDERS)
            .key(key())
            .updateExpression(update)
            .expressionAttributeNames(names)
            .expressionAttributeValues(values.isEmpty() ? null : values)
            .build();

    blind.send(() -> client.updateItem(blind.addedTo(request)));

    assertThat(stored()).containsAllEntriesOf(fencedAt(42));
    assertThat(stored().containsKey("b")).isEqualTo(update.contains("#b"));
    assertThat(stored().containsKey("c")).isEqualTo(!update.contains("#c"));
  }

  @Test
  void twoLocks_guardOneItemByTwoFences() {
    Fence other = fence(7).attribute("other_fence");
    other.raise(client, FencedWrite.ORDERS, key());
    UpdateItemRequest request =
        UpdateItemRequest.builder().tableName(FencedWrite.ORDERS).key(key()).build();
    UpdateItemRequest both = fence.blind().addedTo(other.raised().addedTo(request));
    client.updateItem(both);
    assertThat(stored())
        .containsEntry("fence", AttributeValue.fromN("42"))
        .containsEntry("other_fence", AttributeValue.fromN("7"));

    fence(8).attribute("other_fence").raise(client, FencedWrite.ORDERS, key());
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> client.updateItem(both))
        .satisfies(e -> assertThat(fence.blind().refusal(e)).isEmpty())
        .satisfies(
            e ->
                assertThat(other.raised().refusal(e))
                    .get()
                    .extracting(FenceRefusedException::reason)
                    .isEqualTo(Reason.NEWER_HOLDER));
  }

  private void assertAccepted(FencedWrite write, FenceCondition condition) {
    Map<String, AttributeValue> before = stored();
    write.send(client, condition, id);
    if (write.deletes()) {
      assertThat(stored()).isEmpty();
    } else if (write.writes()) {
      assertThat(stored()).containsAllEntriesOf(fencedAt(42)).containsAllEntriesOf(MINE);
    } else {
      assertThat(stored()).isEqualTo(before);
    }
  }

  private void assertRefused(FencedWrite write, FenceCondition condition, Reason reason) {
    Map<String, AttributeValue> before = stored();
    assertThatExceptionOfType(FenceRefusedException.class)
        .isThrownBy(() -> write.send(client, condition, id))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(stored()).isEqualTo(before);
  }
}
