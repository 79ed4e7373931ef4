package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.PolicyEnforcedDynamoDb;
import dev.holdfast.lambda.fixtures.StreamTrigger;
import dev.holdfast.lambda.fixtures.TriggerSample;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.policy.IamPolicy;
import dev.holdfast.policy.TemplateSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tests every trigger on DynamoDB Local with the deployed policy and with fewer permissions. */
class DeployedPolicyTest {
  /** Long enough for the first request of a slow machine: a retried acquire leaves a marker. */
  private static final Duration REMAINING_TIME = Duration.ofSeconds(30);

  private static final String PUT_DENIED = "no permission for dynamodb:PutItem on table 'locks'";
  private static final String DELETE_DENIED =
      "no permission for dynamodb:DeleteItem on table 'locks'";

  /** Permissions of a function. */
  private enum PolicyVariant {
    DEPLOYED,
    NO_PUT,
    NO_DELETE,
    ANOTHER_TABLE,
    ANOTHER_PREFIX;

    private PolicyEnforcedDynamoDb start() {
      return PolicyEnforcedDynamoDb.start(
          switch (this) {
            case DEPLOYED -> TemplateSnapshots.policy("locking", "locks");
            case NO_PUT -> without("dynamodb:PutItem");
            case NO_DELETE -> without("dynamodb:DeleteItem");
            case ANOTHER_TABLE -> TemplateSnapshots.policy("locking", "other-locks");
            case ANOTHER_PREFIX -> TemplateSnapshots.policy("locking-with-prefix", "locks");
          });
    }

    private static IamPolicy without(String action) {
      return TemplateSnapshots.policy("locking", "locks", action, "dynamodb:GetItem");
    }
  }

  private static final Map<PolicyVariant, PolicyEnforcedDynamoDb> DYNAMODB_BY_POLICY =
      new EnumMap<>(PolicyVariant.class);

  private final GuardFixture fixture = new GuardFixture();
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    for (PolicyVariant policy : PolicyVariant.values()) {
      DYNAMODB_BY_POLICY.put(policy, policy.start());
    }
  }

  @AfterAll
  static void stop() {
    DYNAMODB_BY_POLICY.values().forEach(PolicyEnforcedDynamoDb::close);
  }

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(err);
    DYNAMODB_BY_POLICY.values().forEach(DeployedPolicyTest::clear);
  }

  /** Deletes all rows, because rows remain without the permission to delete. */
  private static void clear(PolicyEnforcedDynamoDb dynamoDb) {
    try (DynamoDbClient client = dynamoDb.adminClient()) {
      client
          .scan(r -> r.tableName("locks"))
          .items()
          .forEach(row -> client.deleteItem(r -> r.tableName("locks").key(keyOf(row))));
    }
  }

  private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> row) {
    return Map.of("resource_id", Objects.requireNonNull(row.get("resource_id"), "the key"));
  }

  @ParameterizedTest
  @EnumSource
  void deployedPolicy_allowsEveryTrigger(TriggerSample sample) throws IOException {
    assertProcessed(sample, invoke(sample, PolicyVariant.DEPLOYED));
    assertThat(log.toString(UTF_8)).doesNotContain("permission");
  }

  @ParameterizedTest
  @EnumSource
  void withoutDeleteItem_workSucceedsAndDenialIsLogged(TriggerSample sample) throws IOException {
    assertProcessed(sample, invoke(sample, PolicyVariant.NO_DELETE));
    assertThat(log.toString(UTF_8)).contains(DELETE_DENIED);
  }

  @ParameterizedTest
  @EnumSource
  void withoutPutItem_runsNothingAndDenialIsLogged(TriggerSample sample) throws IOException {
    assertRefused(sample, PolicyVariant.NO_PUT);
  }

  @ParameterizedTest
  @EnumSource
  void policyForAnotherTable_runsNothing(TriggerSample sample) throws IOException {
    assertRefused(sample, PolicyVariant.ANOTHER_TABLE);
  }

  @ParameterizedTest
  @EnumSource
  void policyForAnotherKeyPrefix_runsNothing(TriggerSample sample) throws IOException {
    assertRefused(sample, PolicyVariant.ANOTHER_PREFIX);
  }

  private String invoke(TriggerSample sample, PolicyVariant policy) throws IOException {
    try (DynamoDbClient client = dynamoDb(policy).policyClient()) {
      LockClient locks = DynamoDbLockClient.create(client, "locks").withTimeSource(fixture.time);
      Guard guard = Guard.on(locks).timeSource(fixture.time);
      return InProcessInvoker.of(sample.handlerType().create(fixture, guard))
          .invoke(sample.event(), fixture.context().remainingTime(REMAINING_TIME));
    }
  }

  private static PolicyEnforcedDynamoDb dynamoDb(PolicyVariant policy) {
    return Objects.requireNonNull(DYNAMODB_BY_POLICY.get(policy), policy.name());
  }

  private void assertProcessed(TriggerSample sample, String response) {
    switch (sample.handlerType()) {
      case SQS, KINESIS, DYNAMODB_STREAM ->
          assertThat(response).isEqualTo(StreamTrigger.NO_FAILURES);
      case HTTP -> assertThat(response).contains("\"statusCode\":201");
      default -> assertThat(fixture.processed).hasSize(1);
    }
  }

  /** Checks the reaction to an unavailable lock table, as docs/triggers.md describes it. */
  private void assertRefused(TriggerSample sample, PolicyVariant policy) throws IOException {
    switch (sample.handlerType()) {
      case SQS -> assertThat(invoke(sample, policy)).isEqualTo(StreamTrigger.failureAt("m-1"));
      case KINESIS, DYNAMODB_STREAM ->
          assertThat(invoke(sample, policy)).isEqualTo(StreamTrigger.failureAt("1"));
      case HTTP -> assertThat(invoke(sample, policy)).contains("\"statusCode\":503");
      default ->
          assertThatExceptionOfType(LockAccessDeniedException.class)
              .isThrownBy(() -> invoke(sample, policy))
              .withMessageContaining(PUT_DENIED);
    }
    assertThat(log.toString(UTF_8)).contains(PUT_DENIED);
    assertThat(fixture.processed).isEmpty();
  }
}
