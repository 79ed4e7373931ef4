package dev.holdfast.lock.dynamodb;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.Locks;
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

class DynamoDbLocksTest {
  private final List<PutItemRequest> sent = new ArrayList<>();
  private final DynamoDbClient client = new Recording();

  /** Takes every put. */
  private final class Recording implements DynamoDbClient {
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

  private HeldLock acquired(Locks locks, LockRequest request) {
    return ((Acquisition.Acquired) locks.tryAcquire(request)).lock();
  }

  private Locks locks(Map<String, String> environment) {
    return DynamoDbLocks.fromEnvironment(client, environment::get);
  }

  @Test
  void environment_givesTableAndLease_andARequestOverridesTheLease() {
    Locks locks = locks(Map.of("HOLDFAST_TABLE", "our-locks", "HOLDFAST_LEASE", "PT20S"));

    assertThat(acquired(locks, LockRequest.of("a")).remaining())
        .isBetween(ofSeconds(19), ofSeconds(20));
    assertThat(acquired(locks, LockRequest.of("b").lease(ofSeconds(60))).remaining())
        .isGreaterThan(ofSeconds(59));
    assertThat(sent).extracting(PutItemRequest::tableName).containsOnly("our-locks");
  }

  @Test
  void environment_withoutALease_leaves10Seconds() {
    Locks locks = locks(Map.of("HOLDFAST_TABLE", "our-locks"));
    Duration remaining = acquired(locks, LockRequest.of("a")).remaining();
    assertThat(remaining).isBetween(ofSeconds(9), ofSeconds(10));
  }

  @Test
  void environment_withoutATable_isRefusedByName() {
    assertThatIllegalStateException()
        .isThrownBy(() -> locks(Map.of()))
        .withMessageContaining("HOLDFAST_TABLE is not set");
    assertThatIllegalStateException().isThrownBy(() -> locks(Map.of("HOLDFAST_TABLE", " ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "", "PT0.5S", "PT25H", "-PT20S"})
  void environment_withALeaseThatIsNone_isRefusedByName(String lease) {
    assertThatIllegalStateException()
        .isThrownBy(() -> locks(Map.of("HOLDFAST_TABLE", "our-locks", "HOLDFAST_LEASE", lease)))
        .withMessage(
            "environment variable HOLDFAST_LEASE must be from 1 s to 24 h, such as PT20S, got '"
                + lease
                + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "a table", "arn:aws:s3:::bucket"})
  void tableThatIsNone_isRefused(String table) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DynamoDbLocks.on(client, table))
        .withMessageContaining("table must be a name of 3 to 255");
  }

  @Test
  void environmentOfThisProcess_isWhatCounts() {
    assertThat(System.getenv()).doesNotContainKey("HOLDFAST_TABLE");
    assertThatIllegalStateException()
        .isThrownBy(() -> DynamoDbLocks.fromEnvironment(client))
        .withMessageContaining("HOLDFAST_TABLE is not set");
  }

  @Test
  void tableByItsArn_isCalledByItsNameInTickets() {
    String arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/our-locks";
    assertThat(DynamoDbLocks.on(client, arn)).asString().startsWith("Locks[table our-locks,");
    assertThat(DynamoDbLocks.on(client, "our-locks")).asString().startsWith("Locks[table our-l");
  }

  /**
   * As a client does that was closed: it may have sent something, and says nothing the SDK says.
   */
  @Test
  void clientThatFailsInItsOwnWay_isNotAskedAgain_andItsFailureIsTheCallers() {
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
        .isThrownBy(() -> DynamoDbLocks.on(closed, "our-locks").tryAcquire("a"))
        .withMessage("connection pool shut down");
  }
}
