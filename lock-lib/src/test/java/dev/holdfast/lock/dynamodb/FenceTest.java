package dev.holdfast.lock.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lock.FencingToken;
import dev.holdfast.lock.LockException;
import dev.holdfast.lock.dynamodb.FenceRefusedException.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

class FenceTest {
  private final Fence fence = Fence.of("order-1", new FencingToken(42));

  @Test
  void item_withAnOlderFence_receivesTheNewFence() {
    var item = Map.of("id", AttributeValue.fromS("1"), "fence", AttributeValue.fromN("7"));

    assertThat(fence.ifCurrent().item(item))
        .isEqualTo(Map.of("id", AttributeValue.fromS("1"), "fence", AttributeValue.fromN("42")));
  }

  @Test
  void condition_comparesTheStoredFenceWithTheToken() {
    assertThat(fence.ifCurrent().condition()).isEqualTo("#holdfast_fence = :holdfast_fence");
    assertThat(fence.ifNotNewer().condition())
        .isEqualTo("(attribute_not_exists(#holdfast_fence) OR #holdfast_fence <= :holdfast_fence)");
    assertThat(fence.ifNotNewer().assignment()).isEqualTo("#holdfast_fence = :holdfast_fence");
  }

  @Test
  void namesAndValues_containThoseOfTheCallerAndOfTheFence() {
    FenceCondition condition = fence.attribute("lock.fence").ifCurrent();
    assertThat(condition.condition()).isEqualTo("#holdfast_lock_fence = :holdfast_lock_fence");
    assertThat(condition.names(Map.of("#a", "a")))
        .isEqualTo(Map.of("#a", "a", "#holdfast_lock_fence", "lock.fence"));
    assertThat(condition.values(Map.of(":a", AttributeValue.fromN("1"))))
        .isEqualTo(
            Map.of(
                ":a",
                AttributeValue.fromN("1"),
                ":holdfast_lock_fence",
                AttributeValue.fromN("42")));
  }

  @Test
  void placeholderOfTheFence_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fence.ifCurrent().names(Map.of("#holdfast_fence", "owner")))
        .withMessage("placeholder '#holdfast_fence' belongs to the fence: choose another one");
  }

  @Test
  void refusal_namesLockAndToken_andSaysWhatToDo() {
    FenceRefusedException refused =
        fence
            .ifCurrent()
            .refusal(failureWithItem(Map.of("fence", AttributeValue.fromN("43"))))
            .orElseThrow();

    assertThat(refused).isInstanceOf(LockException.class);
    assertThat(refused.name()).isEqualTo("order-1");
    assertThat(refused.token()).isEqualTo(new FencingToken(42));
    assertThat(refused.reason()).isEqualTo(Reason.NEWER_HOLDER);
    assertThat(refused)
        .hasMessage(
            "token 42 of lock 'order-1' is rejected: the item's 'fence' is at 43; stop, and acquire"
                + " the lock again");
  }

  @Test
  void fenceBeyondLong_isNewer() {
    String digits = "9".repeat(38);
    assertThat(
            fence
                .ifNotNewer()
                .refusal(failureWithItem(Map.of("fence", AttributeValue.fromN(digits)))))
        .get()
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NEWER_HOLDER))
        .satisfies(e -> assertThat(e).hasMessageContaining(digits));
  }

  @Test
  void cancellationForAnotherReason_isNoRefusal() {
    CancellationReason conflict = CancellationReason.builder().code("TransactionConflict").build();
    assertThat(fence.ifCurrent().refusal(conflict)).isEmpty();
    assertThat(fence.lockRefusal(conflict)).isEmpty();
  }

  @Test
  void lockCheck_comparesTheNonce_andNotTheToken() {
    ConditionCheck check =
        Fence.of("order-1", new FencingToken(42), "n-1").attribute("guard").lockCheck("locks");
    assertThat(check.conditionExpression())
        .isEqualTo("#format = :format AND #nonce = :nonce AND #state = :held");
    assertThat(check.expressionAttributeValues())
        .containsEntry(":nonce", AttributeValue.fromS("n-1"))
        .doesNotContainKey(":token");
  }

  @Test
  void lockCheck_withoutNonce_saysWhatToPass() {
    assertThatIllegalStateException()
        .isThrownBy(() -> fence.lockCheck("locks"))
        .withMessage(
            "the check of lock 'order-1' needs the nonce of its hold: pass Lease.nonce() to"
                + " Fence.of");
  }

  @Test
  void emptyAttributeName_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fence.attribute(""))
        .withMessageContaining("got ''");
  }

  @Test
  void toString_showsAttributeTokenAndLock() {
    assertThat(fence.attribute("guard")).hasToString("Fence[guard = 42, lock order-1]");
    assertThat(Fence.of("order-1", new FencingToken(42), "secret").toString())
        .doesNotContain("secret");
    assertThat(fence.ifCurrent())
        .hasToString(
            "FenceCondition[#holdfast_fence = :holdfast_fence, Fence[fence = 42, lock order-1]]");
  }

  private static ConditionalCheckFailedException failureWithItem(Map<String, AttributeValue> item) {
    return ConditionalCheckFailedException.builder().item(item).build();
  }
}
