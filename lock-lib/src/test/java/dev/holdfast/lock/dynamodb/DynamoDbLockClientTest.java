package dev.holdfast.lock.dynamodb;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.LockRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

class DynamoDbLockClientTest {
  private final List<PutItemRequest> sent = new ArrayList<>();
  private final DynamoDbClient client = new RecordingClient();

  /** Client that records and accepts each put. */
  private final class RecordingClient implements DynamoDbClient {
    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      sent.add(request);
      return PutItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "recording";
    }

    @Override
    public void close() {}
  }

  private HeldLock tryAcquire(LockClient lockClient, LockRequest request) {
    return ((Acquisition.Acquired) lockClient.tryAcquire(request)).lock();
  }

  private LockClient lockClient(Map<String, String> environment) {
    return DynamoDbLockClient.fromEnvironment(client, environment::get);
  }

  @Test
  void environment_setsTableAndLeaseDuration_andARequestOverridesTheLease() {
    LockClient lockClient =
        lockClient(Map.of("HOLDFAST_TABLE", "our-locks", "HOLDFAST_LEASE", "PT20S"));

    assertThat(tryAcquire(lockClient, LockRequest.of("a")).remaining())
        .isBetween(ofSeconds(19), ofSeconds(20));
    assertThat(tryAcquire(lockClient, LockRequest.of("b").leaseDuration(ofSeconds(60))).remaining())
        .isGreaterThan(ofSeconds(59));
    assertThat(sent).extracting(PutItemRequest::tableName).containsOnly("our-locks");
  }

  @Test
  void environment_withoutLeaseDuration_usesTenSeconds() {
    LockClient lockClient = lockClient(Map.of("HOLDFAST_TABLE", "our-locks"));
    Duration remaining = tryAcquire(lockClient, LockRequest.of("a")).remaining();
    assertThat(remaining).isBetween(ofSeconds(9), ofSeconds(10));
  }

  @Test
  void environment_withoutTable_throws_andNamesTheVariable() {
    assertThatIllegalStateException()
        .isThrownBy(() -> lockClient(Map.of()))
        .withMessageContaining("HOLDFAST_TABLE is not set");
    assertThatIllegalStateException().isThrownBy(() -> lockClient(Map.of("HOLDFAST_TABLE", " ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "", "PT0.5S", "PT25H", "-PT20S"})
  void environment_withInvalidLeaseDuration_throws_andNamesTheVariable(String leaseDuration) {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                lockClient(Map.of("HOLDFAST_TABLE", "our-locks", "HOLDFAST_LEASE", leaseDuration)))
        .withMessage(
            "environment variable HOLDFAST_LEASE must be from 1 s to 24 h, such as PT20S, got '"
                + leaseDuration
                + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "a table", "arn:aws:s3:::bucket"})
  void invalidTableName_isRejected(String table) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DynamoDbLockClient.create(client, table))
        .withMessageContaining("table must be a name of 3 to 255");
  }

  @Test
  void environmentOfThisProcess_isRead() {
    assertThat(System.getenv()).doesNotContainKey("HOLDFAST_TABLE");
    assertThatIllegalStateException()
        .isThrownBy(() -> DynamoDbLockClient.fromEnvironment(client))
        .withMessageContaining("HOLDFAST_TABLE is not set");
  }

  @Test
  void toString_ofAClientWithATableArn_showsTheTableName() {
    String arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/our-locks";
    assertThat(DynamoDbLockClient.create(client, arn))
        .asString()
        .startsWith("LockClient[table=our-locks,");
    assertThat(DynamoDbLockClient.create(client, "our-locks"))
        .asString()
        .startsWith("LockClient[table=our-l");
  }

  /**
   * Simulates a closed client: the request may have been sent, and the exception is not an SDK
   * exception.
   */
  @Test
  void clientException_thatIsNoSdkException_isRethrownWithoutRetry() {
    DynamoDbClient closed =
        new DynamoDbClient() {
          @Override
          public PutItemResponse putItem(PutItemRequest request) {
            sent.add(request);
            throw new IllegalStateException("connection pool shut down");
          }

          @Override
          public String serviceName() {
            return "closed";
          }

          @Override
          public void close() {}
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> DynamoDbLockClient.create(closed, "our-locks").tryAcquire("a"))
        .withMessage("connection pool shut down");
  }
}
