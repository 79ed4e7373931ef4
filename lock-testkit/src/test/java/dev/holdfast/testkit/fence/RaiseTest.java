package dev.holdfast.testkit.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lock.FenceRefusedException;
import dev.holdfast.lock.FenceRefusedException.Reason;
import dev.holdfast.lock.dynamodb.Fence;
import dev.holdfast.lock.dynamodb.FenceCondition;
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
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

class RaiseTest extends FencedItems {
  @AutoClose private static final LocalDynamoDb server = serverWithOrders();
  @AutoClose private static final DynamoDbClient shared = server.client();

  private static final Map<String, AttributeValue> STOCK =
      Map.of("stock", AttributeValue.fromN("5"));

  RaiseTest() {
    super(shared);
  }

  @Test
  void raise_ofAnItemWithoutAFence_returnsItWithTheFence() {
    store(STOCK);
    assertThat(raised(fence)).isEqualTo(stored()).isEqualTo(whole(STOCK, fencedAt(42)));
  }

  @Test
  void raise_overAnEarlierHolder_returnsWhatThatOneWrote() {
    store(whole(STOCK, fencedAt(41)));
    assertThat(raised(fence)).isEqualTo(stored()).isEqualTo(whole(STOCK, fencedAt(42)));
  }

  @Test
  void raise_again_changesNothing() {
    store(STOCK);
    assertThat(raised(fence)).isEqualTo(raised(fence)).isEqualTo(stored());
  }

  @Test
  void raise_ofAMissingItem_createsItWithTheFenceAlone() {
    assertThat(raised(fence)).isEqualTo(stored()).isEqualTo(whole(fencedAt(42)));
  }

  @Test
  void raise_belowALaterHolder_isRefused_andChangesNothing() {
    store(whole(STOCK, fencedAt(43)));
    assertRefused(fence, Reason.NEWER_HOLDER);
    assertThat(stored()).isEqualTo(whole(STOCK, fencedAt(43)));
  }

  @Test
  void raise_ofAnAttributeThatIsNoNumber_isRefused_andChangesNothing() {
    Map<String, AttributeValue> garden = Map.of("fence", AttributeValue.fromS("picket"));
    store(garden);
    assertRefused(fence, Reason.NOT_A_FENCE);
    assertThat(stored()).isEqualTo(whole(garden));
  }

  @Test
  void raise_ofAnAttributeOfAnotherName_mayBeAReservedWord_andLeavesOthersAlone() {
    store(fencedAt(99));
    assertThat(raised(fence.attribute("token")))
        .isEqualTo(whole(fencedAt(99), Map.of("token", AttributeValue.fromN("42"))));
  }

  @Test
  void raise_ofAnAttributeWithADot_isOneOfTheTopLevel() {
    assertThat(raised(fence.attribute("lock.fence")))
        .containsEntry("lock.fence", AttributeValue.fromN("42"));
  }

  @Test
  void raise_inATableThatIsMissing_throwsWhatTheClientThrows() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> fence.raise(client, "nowhere", key()));
  }

  @Test
  void raise_thatMustFindAnItem_leavesTheRefusalToTheCallersCondition() {
    FenceCondition blind = fence.blind();
    UpdateItemRequest request =
        blind.addedTo(
            UpdateItemRequest.builder()
                .tableName(FencedWrite.ORDERS)
                .key(key())
                .conditionExpression("attribute_exists(#id)")
                .expressionAttributeNames(Map.of("#id", "id"))
                .returnValues(ReturnValue.ALL_NEW)
                .build());
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> blind.send(() -> client.updateItem(request)));
    assertThat(stored()).isEmpty();

    store(STOCK);
    assertThat(blind.send(() -> client.updateItem(request)).attributes())
        .isEqualTo(whole(STOCK, fencedAt(42)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REPLY_LOST", "FAILED_AFTER_APPLYING", "FAILED_BEFORE_APPLYING", "THROTTLED"})
  void raise_whoseAnswerIsLost_isRaised_byOneMoreRequest(Fault fault) {
    store(STOCK);
    try (FaultProxy proxy = FaultProxy.inFrontOf(server.endpoint());
        DynamoDbClient far = LocalDynamoDb.clientBuilder(proxy.endpoint()).build()) {
      proxy.faults().next(fault);

      assertThat(fence.raise(far, FencedWrite.ORDERS, key())).isEqualTo(whole(STOCK, fencedAt(42)));

      assertThat(proxy.requests()).isEqualTo(Map.of("UpdateItem", 2));
    }
  }

  @Test
  void raise_isOneUpdateItem() {
    try (FaultProxy proxy = FaultProxy.inFrontOf(server.endpoint());
        DynamoDbClient far = LocalDynamoDb.clientBuilder(proxy.endpoint()).build()) {
      fence.raise(far, FencedWrite.ORDERS, key());
      assertThat(proxy.requests()).isEqualTo(Map.of("UpdateItem", 1));
    }
  }

  private Map<String, AttributeValue> raised(Fence by) {
    return by.raise(client, FencedWrite.ORDERS, key());
  }

  private void assertRefused(Fence by, Reason reason) {
    assertThatExceptionOfType(FenceRefusedException.class)
        .isThrownBy(() -> raised(by))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @SafeVarargs
  private Map<String, AttributeValue> whole(Map<String, AttributeValue>... parts) {
    Map<String, AttributeValue> item = new HashMap<>(key());
    for (Map<String, AttributeValue> part : parts) {
      item.putAll(part);
    }
    return item;
  }
}
