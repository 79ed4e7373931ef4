package dev.holdfast.lock.internal.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.internal.protocol.HolderInfo;
import dev.holdfast.lock.internal.protocol.IdempotencyData;
import dev.holdfast.lock.internal.protocol.LeaseTerm;
import dev.holdfast.lock.internal.protocol.LockRow;
import dev.holdfast.lock.internal.protocol.RowState;
import dev.holdfast.lock.internal.protocol.RowVersion;
import dev.holdfast.lock.internal.protocol.Write;
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

class DynamoDbRequestsTest {
  private static final LockRow ROW =
      new LockRow(
          "order-1",
          RowState.HELD,
          new RowVersion("n", 42, 3),
          new LeaseTerm(10_000, 50_000, 1_000L, 60L),
          new HolderInfo("me", null, 40_000, IdempotencyData.NONE));
  private final DynamoDbRequests requests = new DynamoDbRequests("locks");

  @Test
  void acquire_withClockAndWatchedTakeover_hasBothConditions() {
    PutItemRequest request =
        requests
            .acquire(
                new Write.Acquire(
                    ROW, 40_000, new Write.ClockTakeover(39_000, 1_000), new RowVersion("w", 7, 2)))
            .build();
    assertThat(request.conditionExpression())
        .isEqualTo(
            "attribute_not_exists(#resource_id) OR (#format = :format AND #token < :token AND ("
                + "#state = :free"
                + " OR (#state = :completed AND #expires_at <= :now)"
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
    assertComplete(request);
  }

  @Test
  void acquire_withoutTakeover_excludesHeldRows() {
    PutItemRequest request = requests.acquire(new Write.Acquire(ROW, 40_000, null, null)).build();
    assertThat(request.conditionExpression()).doesNotContain(":held");
    assertComplete(request);
  }

  @Test
  void acquire_withWatchedTakeoverOnly_hasNoClockCondition() {
    PutItemRequest request =
        requests.acquire(new Write.Acquire(ROW, 40_000, null, new RowVersion("w", 7, 2))).build();
    assertThat(request.conditionExpression()).contains(":watchedNonce").doesNotContain(":before");
    assertComplete(request);
  }

  @Test
  void renew_requiresOwnNonceAndToken_andAnEarlierVersion() {
    PutItemRequest request = requests.renew(new Write.Renew(ROW)).build();
    assertThat(request.conditionExpression())
        .isEqualTo(
            "#format = :format AND #nonce = :nonce AND #token = :token AND #state = :held AND #version < :version");
    assertComplete(request);
  }

  @Test
  void resume_requiresTheTransferredVersion() {
    RowVersion transferredVersion = new RowVersion("giver-nonce", 6, 2);
    PutItemRequest request = requests.resume(new Write.Resume(ROW, transferredVersion)).build();
    assertThat(request.conditionExpression())
        .isEqualTo(
            "#format = :format AND #nonce = :nonce AND #token = :token AND #state = :held AND #version = :version");
    assertThat(request.expressionAttributeValues())
        .containsEntry(":nonce", AttributeValue.fromS("giver-nonce"))
        .containsEntry(":token", AttributeValue.fromN("6"))
        .containsEntry(":version", AttributeValue.fromN("2"));
    assertComplete(request);
  }

  @Test
  void end_requiresOwnNonceAndToken() {
    PutItemRequest request = requests.end(new Write.End(ROW)).build();
    assertThat(request.conditionExpression())
        .isEqualTo("#format = :format AND #nonce = :nonce AND #token = :token AND #state = :held");
    assertComplete(request);
  }

  @Test
  void delete_requiresOwnNonceAndToken_andReturnsTheOldItemOnFailure() {
    DeleteItemRequest request = requests.delete(new Write.Delete(ROW)).build();
    assertThat(request.key()).isEqualTo(Map.of("resource_id", AttributeValue.fromS("order-1")));
    assertThat(request.conditionExpression())
        .isEqualTo("#format = :format AND #nonce = :nonce AND #token = :token AND #state = :held");
    assertThat(request.returnValues()).isEqualTo(ReturnValue.ALL_OLD);
    assertThat(request.returnValuesOnConditionCheckFailure())
        .isEqualTo(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    assertPlaceholdersUsed(
        request.conditionExpression(),
        request.expressionAttributeNames().keySet(),
        request.expressionAttributeValues().keySet());
  }

  /** Asserts that each placeholder is defined and used, as DynamoDB requires. */
  private static void assertComplete(PutItemRequest request) {
    assertThat(request.tableName()).isEqualTo("locks");
    assertThat(request.item()).isEqualTo(RowWriter.toItem(ROW));
    assertThat(request.returnValues()).isEqualTo(ReturnValue.ALL_OLD);
    assertThat(request.returnValuesOnConditionCheckFailure())
        .isEqualTo(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    assertPlaceholdersUsed(
        request.conditionExpression(),
        request.expressionAttributeNames().keySet(),
        request.expressionAttributeValues().keySet());
  }

  private static void assertPlaceholdersUsed(
      String condition, Set<String> names, Set<String> values) {
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
