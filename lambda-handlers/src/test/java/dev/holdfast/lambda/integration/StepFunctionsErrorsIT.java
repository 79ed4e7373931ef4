package dev.holdfast.lambda.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.fixtures.PolicyEnforcedDynamoDb;
import dev.holdfast.lambda.testkit.InvocationResult.FunctionError;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Tests the error names that the runtime client reports and state machines match. The names are
 * API, so the test has them as string literals.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("proof")
class StepFunctionsErrorsIT {
  @AutoClose private static final PolicyEnforcedDynamoDb dynamo = PolicyEnforcedDynamoDb.start();
  @AutoClose private static final DynamoDbClient client = dynamo.adminClient();
  @AutoClose private static LocalFunctionEnvironment task;

  @BeforeAll
  static void deploy() throws IOException {
    task = LocalFunctionEnvironment.start(dynamo, TriggerFunctions.Task.class, "/orderId");
  }

  private static String order(String id, String execution) {
    return "{\"orderId\":\"" + id + "\",\"execution\":\"" + execution + "\"}";
  }

  @Test
  void busyResource_errorIsLockUnavailable_andNamesTheHolder() throws InterruptedException {
    LockRequest request =
        LockRequest.of("17")
            .holder("bill:7 request-4711 2026/01/01/[7]log")
            .leaseDuration(Duration.ofMinutes(10));
    try (HeldLock otherLock = DynamoDbLockClient.create(client, "locks").acquire(request)) {
      FunctionError error = task.invokeExpectingError(order("17", "e-1"));
      assertThat(error.type()).isEqualTo("dev.holdfast.lock.LockUnavailableException");
      assertThat(error.message())
          .matches(
              "lock '17' is held by bill:7 request-4711 \\S+ since \\S+Z, lease until \\S+Z;"
                  + " waited up to \\d+ ms: .*");
      assertThat(otherLock.isHeld()).isTrue();
    }
    assertThat(task.invoke(order("17", "e-1"))).isEqualTo("\"done\"");
  }

  @Test
  void duplicate_errorIsAlreadyCompleted() {
    task.invoke(order("18", "e-2"));
    assertThat(task.invokeExpectingError(order("18", "e-2")).type())
        .isEqualTo("dev.holdfast.lock.AlreadyCompletedException");
  }

  @Test
  void noExecutionId_isNotDeduplicated() {
    String event = "{\"orderId\":\"19\"}";
    assertThat(task.invoke(event)).isEqualTo("\"done\"");
    assertThat(task.invoke(event)).isEqualTo("\"done\"");
  }

  @Test
  void eventWithoutResourceId_errorIsInvalidEvent() {
    FunctionError error = task.invokeExpectingError("{\"execution\":\"e-3\"}");
    assertThat(error.type()).isEqualTo("dev.holdfast.lambda.error.InvalidEventException");
    assertThat(error.message()).contains("/orderId is missing");
  }

  @Test
  void insufficientTime_hasItsOwnErrorType() throws IOException {
    try (LocalFunctionEnvironment longTask =
        LocalFunctionEnvironment.start(dynamo, TriggerFunctions.LongTask.class, "/orderId")) {
      assertThat(longTask.invokeExpectingError(order("20", "e-4")).type())
          .isEqualTo("dev.holdfast.lambda.error.InsufficientTimeException");
    }
  }

  @Test
  void missingTable_hasItsOwnErrorType() throws IOException {
    Map<String, String> variables =
        Map.of("HOLDFAST_TABLE", "nowhere", "HOLDFAST_RESOURCE_ID", "/orderId");
    try (PolicyEnforcedDynamoDb dynamoWithoutTable =
            PolicyEnforcedDynamoDb.startForTable("nowhere");
        LocalFunctionEnvironment function =
            LocalFunctionEnvironment.start(
                dynamoWithoutTable, TriggerFunctions.Task.class, variables)) {
      assertThat(function.invokeExpectingError(order("21", "e-5")).type())
          .isEqualTo("dev.holdfast.lock.LockTableNotFoundException");
    }
  }

  @Test
  void accessDenied_hasItsOwnErrorType() throws IOException {
    Map<String, String> variables =
        Map.of("HOLDFAST_TABLE", "others", "HOLDFAST_RESOURCE_ID", "/orderId");
    try (LocalFunctionEnvironment function =
        LocalFunctionEnvironment.start(dynamo, TriggerFunctions.Task.class, variables)) {
      assertThat(function.invokeExpectingError(order("23", "e-7")).type())
          .isEqualTo("dev.holdfast.lock.LockAccessDeniedException");
    }
  }

  @Test
  void unreachableTable_hasItsOwnErrorType() throws IOException {
    Map<String, String> variables =
        Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9", "HOLDFAST_RESOURCE_ID", "/orderId");
    try (LocalFunctionEnvironment function =
        LocalFunctionEnvironment.start(dynamo, TriggerFunctions.Task.class, variables)) {
      assertThat(function.invokeExpectingError(order("22", "e-6")).type())
          .isEqualTo("dev.holdfast.lock.LockTableUnreachableException");
    }
  }
}
