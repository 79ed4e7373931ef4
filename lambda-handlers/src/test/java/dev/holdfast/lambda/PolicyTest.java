package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lock.LockAccessDeniedException;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.policy.DeployedFiles;
import dev.holdfast.policy.IamPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
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

/** Every trigger on DynamoDB Local behind the deployed policy, and behind less than that. */
class PolicyTest {
  private static final String PUT = "no permission for dynamodb:PutItem on table 'locks'";
  private static final String DELETE = "no permission for dynamodb:DeleteItem on table 'locks'";

  /** What a function may do. */
  private enum Policy {
    DEPLOYED,
    NO_PUT,
    NO_DELETE,
    ANOTHER_TABLE,
    ANOTHER_PREFIX;

    private LimitedDynamoDb start() {
      return LimitedDynamoDb.start(
          switch (this) {
            case DEPLOYED -> DeployedFiles.policy("locking", "locks");
            case NO_PUT -> without("dynamodb:PutItem");
            case NO_DELETE -> without("dynamodb:DeleteItem");
            case ANOTHER_TABLE -> DeployedFiles.policy("locking", "other-locks");
            case ANOTHER_PREFIX -> DeployedFiles.policy("locking-of-a-prefix", "locks");
          });
    }

    private static IamPolicy without(String action) {
      return DeployedFiles.policy("locking", "locks", action, "dynamodb:GetItem");
    }
  }

  private static final Map<Policy, LimitedDynamoDb> TABLES = new EnumMap<>(Policy.class);

  private final Bench bench = new Bench();
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    for (Policy policy : Policy.values()) {
      TABLES.put(policy, policy.start());
    }
  }

  @AfterAll
  static void stop() {
    TABLES.values().forEach(LimitedDynamoDb::close);
  }

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(err);
    TABLES.values().forEach(PolicyTest::clear);
  }

  /** Who may not delete leaves rows. */
  private static void clear(LimitedDynamoDb table) {
    try (DynamoDbClient client = table.client()) {
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
  void deployedPolicy_suffices(Sample sample) throws IOException {
    assertWorked(sample, invoke(sample, Policy.DEPLOYED));
    assertThat(log.toString(UTF_8)).doesNotContain("permission");
  }

  @ParameterizedTest
  @EnumSource
  void withoutDeleteItem_theWorkStandsAndTheLogNamesIt(Sample sample) throws IOException {
    assertWorked(sample, invoke(sample, Policy.NO_DELETE));
    assertThat(log.toString(UTF_8)).contains(DELETE);
  }

  @ParameterizedTest
  @EnumSource
  void withoutPutItem_nothingRunsAndItIsNamed(Sample sample) throws IOException {
    assertRefused(sample, Policy.NO_PUT);
  }

  @ParameterizedTest
  @EnumSource
  void onAnotherTable_nothingRuns(Sample sample) throws IOException {
    assertRefused(sample, Policy.ANOTHER_TABLE);
  }

  @ParameterizedTest
  @EnumSource
  void outsideThePrefix_nothingRuns(Sample sample) throws IOException {
    assertRefused(sample, Policy.ANOTHER_PREFIX);
  }

  private String invoke(Sample sample, Policy policy) throws IOException {
    try (DynamoDbClient client = table(policy).limited()) {
      Locks locks = DynamoDbLocks.on(client, "locks").withTime(bench.time);
      Guard guard = Guard.on(locks).time(bench.time);
      return InProcess.of(sample.handler().on(bench, guard))
          .invoke(sample.event(), bench.context());
    }
  }

  private static LimitedDynamoDb table(Policy policy) {
    return Objects.requireNonNull(TABLES.get(policy), policy.name());
  }

  private void assertWorked(Sample sample, String answer) {
    switch (sample.handler()) {
      case SQS, KINESIS, DYNAMODB_STREAM -> assertThat(answer).isEqualTo(Streams.ALL_DONE);
      case HTTP -> assertThat(answer).contains("\"statusCode\":201");
      default -> assertThat(bench.done).hasSize(1);
    }
  }

  /** As docs/triggers.md has it for a lock table that does not answer. */
  private void assertRefused(Sample sample, Policy policy) throws IOException {
    switch (sample.handler()) {
      case SQS -> assertThat(invoke(sample, policy)).isEqualTo(Streams.failedAt("m-1"));
      case KINESIS, DYNAMODB_STREAM ->
          assertThat(invoke(sample, policy)).isEqualTo(Streams.failedAt("1"));
      case HTTP -> assertThat(invoke(sample, policy)).contains("\"statusCode\":503");
      default ->
          assertThatExceptionOfType(LockAccessDeniedException.class)
              .isThrownBy(() -> invoke(sample, policy))
              .withMessageContaining(PUT);
    }
    assertThat(log.toString(UTF_8)).contains(PUT);
    assertThat(bench.done).isEmpty();
  }
}
