package dev.holdfast.lambda.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.fixtures.PolicyEnforcedDynamoDb;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.InvocationResult.TimedOut;
import dev.holdfast.lambda.testkit.LocalExecutionEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tests two processes of one function in the real runtime client. One is killed or frozen. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("proof")
class KilledEnvironmentIT {
  private static final long MAX_SKEW_MILLIS = 1_000;

  @AutoClose private final PolicyEnforcedDynamoDb dynamo = PolicyEnforcedDynamoDb.start();
  @AutoClose private final DynamoDbClient client = dynamo.adminClient();
  @AutoClose private LocalExecutionEnvironment first;
  @AutoClose private LocalExecutionEnvironment second;

  @BeforeEach
  void start() throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of(OrderFunctions.TokenHandler.class.getName())
            .name("stamp-order")
            .timeout(Duration.ofMinutes(1))
            .endpoint(dynamo.endpoint())
            .environment("HOLDFAST_TABLE", "locks");
    first = LocalExecutionEnvironment.start(function, FunctionCode.currentClassPath());
    second = LocalExecutionEnvironment.start(function, FunctionCode.currentClassPath());
  }

  private static String order(String step) {
    return "{\"id\":\"42\",\"step\":\"" + step + "\"}";
  }

  private static long token(LocalExecutionEnvironment environment, String step) {
    InvocationResult result = environment.invoke(order(step)).join();
    assertThat(result).as(environment.log()).isInstanceOf(Response.class);
    return Long.parseLong(((Response) result).payload());
  }

  private long longAttribute(String attribute) {
    Map<String, AttributeValue> key = Map.of("resource_id", AttributeValue.fromS("order-42"));
    Map<String, AttributeValue> row =
        client.getItem(r -> r.tableName("locks").key(key).consistentRead(true)).item();
    return Long.parseLong(Objects.requireNonNull(row.get(attribute), attribute).n());
  }

  @Test
  void invocation_killedAtTimeout_lockIsTakenOverOnlyAfterLeaseExpiry() {
    first.initialized().join();
    Duration timeout = Duration.ofSeconds(4);
    assertThat(first.invoke(order("hang"), timeout).join()).isEqualTo(new TimedOut(timeout));
    long leaseEnd = longAttribute("expires_at");
    long killedToken = longAttribute("token");

    assertThat(token(second, "pay")).isGreaterThan(killedToken);
    assertThat(longAttribute("acquired_at")).isGreaterThanOrEqualTo(leaseEnd + MAX_SKEW_MILLIS);
  }

  @Test
  void environment_frozenBetweenInvocations_holdsNoLock_andGetsAHigherTokenLater() {
    long firstToken = token(first, "pay");
    first.freeze();
    long secondToken = token(second, "pack");
    first.thaw();
    long thirdToken = token(first, "ship");

    assertThat(firstToken).isLessThan(secondToken);
    assertThat(secondToken).isLessThan(thirdToken);
  }
}
