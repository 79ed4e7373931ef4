package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.InvocationResult.TimedOut;
import dev.holdfast.lambda.testkit.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Two sandboxes of one function in the real runtime client, of which one is killed or frozen. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KilledSandboxIT {
  private static final long MAX_SKEW_MILLIS = 1_000;

  @AutoClose private final LimitedDynamoDb dynamo = LimitedDynamoDb.start();
  @AutoClose private final DynamoDbClient client = dynamo.client();
  @AutoClose private Sandbox one;
  @AutoClose private Sandbox other;

  @BeforeEach
  void start() throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of(Functions.Stamp.class.getName())
            .name("stamp-order")
            .timeout(Duration.ofMinutes(1))
            .endpoint(dynamo.endpoint())
            .environment("HOLDFAST_TABLE", "locks");
    one = Sandbox.start(function, FunctionCode.ofThisJvm());
    other = Sandbox.start(function, FunctionCode.ofThisJvm());
  }

  private static String order(String step) {
    return "{\"id\":\"42\",\"step\":\"" + step + "\"}";
  }

  private static long token(Sandbox sandbox, String step) {
    InvocationResult result = sandbox.invoke(order(step)).join();
    assertThat(result).as(sandbox.log()).isInstanceOf(Response.class);
    return Long.parseLong(((Response) result).payload());
  }

  private long number(String attribute) {
    Map<String, AttributeValue> key = Map.of("resource_id", AttributeValue.fromS("order-42"));
    Map<String, AttributeValue> row =
        client.getItem(r -> r.tableName("locks").key(key).consistentRead(true)).item();
    return Long.parseLong(Objects.requireNonNull(row.get(attribute), attribute).n());
  }

  @Test
  void killedAtItsTimeOut_theNextOneGetsTheLock_whenItsLeaseIsOver_neverBefore() {
    one.initialized().join();
    Duration timeout = Duration.ofSeconds(4);
    assertThat(one.invoke(order("hang"), timeout).join()).isEqualTo(new TimedOut(timeout));
    long leaseEnd = number("expires_at");
    long killed = number("token");

    assertThat(token(other, "pay")).isGreaterThan(killed);
    assertThat(number("acquired_at")).isGreaterThanOrEqualTo(leaseEnd + MAX_SKEW_MILLIS);
  }

  @Test
  void frozenBetweenTwoInvocations_holdsNothing_andAfterwardsComesBehind() {
    long before = token(one, "pay");
    one.freeze();
    long meanwhile = token(other, "pack");
    one.thaw();
    long after = token(one, "ship");

    assertThat(before).isLessThan(meanwhile);
    assertThat(meanwhile).isLessThan(after);
  }
}
