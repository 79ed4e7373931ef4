package dev.holdfast.lock.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.protocol.Claimant;
import dev.holdfast.lock.protocol.LockRow;
import dev.holdfast.lock.protocol.Memo;
import dev.holdfast.lock.protocol.RowState;
import dev.holdfast.lock.protocol.Stamp;
import dev.holdfast.lock.protocol.Term;
import dev.holdfast.lock.protocol.Write;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

class RequestsTest {
  private static final LockRow ROW =
      new LockRow(
          "order-1",
          RowState.HELD,
          new Stamp("n", 42, 3),
          new Term(10_000, 50_000, 1_000L, 60L),
          new Claimant("me", null, 40_000, Memo.NONE));
  private final Requests requests = new Requests("locks");

  @Test
  void acquire_withBothWaysToTakeOver() {
    PutItemRequest request =
        requests
            .acquire(
                new Write.Acquire(
                    ROW, 40_000, new Write.TakeOverByClock(39_000, 1_000), new Stamp("w", 7, 2)))
            .build();
    assertThat(request.conditionExpression())
        .isEqualTo(
            "attribute_not_exists(#resource_id) OR (#format = :format AND #token < :token AND ("
                + "#state = :free"
                + " OR (#state = :done AND #expires_at <= :now)"
                + " OR (#state = :held AND #expires_at <= :before AND #skew_ms <= :skew)"
                + " OR (#state = :held AND #nonce = :watchedNonce AND #version ="
                + " :watchedVersion))"
                + " AND attribute_type(#nonce, :text) AND attribute_type(#holder, :text)"
                + " AND #token >= :zero AND #version BETWEEN :zero AND :count_max"
                + " AND #lease_ms BETWEEN :lease_min AND :lease_max"
                + " AND #expires_at BETWEEN :zero AND :time_max"
                + " AND #acquired_at BETWEEN :zero AND :time_max"
                + " AND (attribute_not_exists(#skew_ms) OR #skew_ms BETWEEN :zero AND :time_max)"
                + " AND (attribute_not_exists(#ttl) OR #ttl BETWEEN :zero AND :time_max)"
                + " AND (attribute_not_exists(#event) OR attribute_type(#event, :text))"
                + " AND (attribute_not_exists(#payload_hash)"
                + " OR attribute_type(#payload_hash, :text))"
                + " AND (attribute_not_exists(#result) OR attribute_type(#result, :text)"
                + " OR attribute_type(#result, :bytes)))");
    assertThat(request.expressionAttributeValues())
        .containsEntry(":now", AttributeValue.fromN("40000"))
        .containsEntry(":before", AttributeValue.fromN("39000"))
        .containsEntry(":watchedVersion", AttributeValue.fromN("2"));
    assertWhole(request);
  }

  @Test
  void acquire_withoutEither_knowsNothingOfHeldRows() {
    PutItemRequest request = requests.acquire(new Write.Acquire(ROW, 40_000, null, null)).build();
    assertThat(request.conditionExpression()).doesNotContain(":held");
    assertWhole(request);
  }

  @Test
  void acquire_byWatchingAlone() {
    PutItemRequest request =
        requests.acquire(new Write.Acquire(ROW, 40_000, null, new Stamp("w", 7, 2))).build();
    assertThat(request.conditionExpression()).contains(":watchedNonce").doesNotContain(":before");
    assertWhole(request);
  }

  @Test
  void renew_requiresMyNonceTokenAndAnEarlierVersion() {
    PutItemRequest request = requests.renew(new Write.Renew(ROW)).build();
    assertThat(request.conditionExpression())
        .isEqualTo(
            "#format = :format AND #nonce = :nonce AND #token = :token AND #state = :held AND #version < :version");
    assertWhole(request);
  }

  @Test
  void redeem_requiresTheVeryRowThatWasGiven() {
    Stamp given = new Stamp("givers", 6, 2);
    PutItemRequest request = requests.redeem(new Write.Redeem(ROW, given)).build();
    assertThat(request.conditionExpression())
        .isEqualTo(
            "#format = :format AND #nonce = :nonce AND #token = :token AND #state = :held AND #version = :version");
    assertThat(request.expressionAttributeValues())
        .containsEntry(":nonce", AttributeValue.fromS("givers"))
        .containsEntry(":token", AttributeValue.fromN("6"))
        .containsEntry(":version", AttributeValue.fromN("2"));
    assertWhole(request);
  }

  @Test
  void settle_requiresMyNonceAndToken() {
    PutItemRequest request = requests.settle(new Write.Settle(ROW)).build();
    assertThat(request.conditionExpression())
        .isEqualTo("#format = :format AND #nonce = :nonce AND #token = :token AND #state = :held");
    assertWhole(request);
  }

  @Test
  void forget_requiresMyNonceAndToken_andAsksForWhatStoodInTheWay() {
    DeleteItemRequest request = requests.forget(new Write.Forget(ROW)).build();
    assertThat(request.key()).isEqualTo(Map.of("resource_id", AttributeValue.fromS("order-1")));
    assertThat(request.conditionExpression())
        .isEqualTo("#format = :format AND #nonce = :nonce AND #token = :token AND #state = :held");
    assertThat(request.returnValues()).isEqualTo(ReturnValue.ALL_OLD);
    assertThat(request.returnValuesOnConditionCheckFailure())
        .isEqualTo(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    assertUsed(
        request.conditionExpression(),
        request.expressionAttributeNames().keySet(),
        request.expressionAttributeValues().keySet());
  }

  /** DynamoDB refuses a placeholder that is not defined, and one that is not used. */
  private static void assertWhole(PutItemRequest request) {
    assertThat(request.tableName()).isEqualTo("locks");
    assertThat(request.item()).isEqualTo(Items.item(ROW));
    assertThat(request.returnValues()).isEqualTo(ReturnValue.ALL_OLD);
    assertThat(request.returnValuesOnConditionCheckFailure())
        .isEqualTo(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    assertUsed(
        request.conditionExpression(),
        request.expressionAttributeNames().keySet(),
        request.expressionAttributeValues().keySet());
  }

  private static void assertUsed(String condition, Set<String> names, Set<String> values) {
    assertThat(placeholders("#\\w+", condition)).isEqualTo(new TreeSet<>(names));
    assertThat(placeholders(":\\w+", condition)).isEqualTo(new TreeSet<>(values));
  }

  private static Set<String> placeholders(String pattern, String condition) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(condition);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
