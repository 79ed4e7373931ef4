package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lambda.testkit.InvocationResult.FunctionError;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.LockRequest;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What a state machine matches: the names of errors as they leave the runtime client. They are API,
 * so they stand here as texts.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TaskErrorsIT {
  @AutoClose private static final LimitedDynamoDb dynamo = LimitedDynamoDb.start();
  @AutoClose private static final DynamoDbClient client = dynamo.client();
  @AutoClose private static Deployed task;

  @BeforeAll
  static void deploy() throws IOException {
    task = Deployed.start(dynamo, Triggered.Task.class, "/orderId");
  }

  private static String order(String id, String execution) {
    return "{\"orderId\":\"" + id + "\",\"execution\":\"" + execution + "\"}";
  }

  @Test
  void busy_isLockUnavailable_andNamesTheHolder() throws InterruptedException {
    LockRequest theirs =
        LockRequest.of("17")
            .holder("bill:7 request-4711 2026/01/01/[7]log")
            .lease(Duration.ofMinutes(10));
    try (HeldLock busy = DynamoDbLocks.on(client, "locks").acquire(theirs)) {
      FunctionError error = task.error(order("17", "e-1"));
      assertThat(error.type()).isEqualTo("dev.holdfast.lock.LockUnavailableException");
      assertThat(error.message())
          .matches(
              "lock '17' is held by bill:7 request-4711 \\S+ since \\S+Z, lease until \\S+Z;"
                  + " waited up to \\d+ ms: .*");
      assertThat(busy.isHeld()).isTrue();
    }
    assertThat(task.answer(order("17", "e-1"))).isEqualTo("\"done\"");
  }

  @Test
  void duplicate_isAlreadyDone() {
    task.answer(order("18", "e-2"));
    assertThat(task.error(order("18", "e-2")).type())
        .isEqualTo("dev.holdfast.lock.AlreadyDoneException");
  }

  @Test
  void noExecution_isNotRemembered() {
    String event = "{\"orderId\":\"19\"}";
    assertThat(task.answer(event)).isEqualTo("\"done\"");
    assertThat(task.answer(event)).isEqualTo("\"done\"");
  }

  @Test
  void eventWithoutAnId_isInvalid() {
    FunctionError error = task.error("{\"execution\":\"e-3\"}");
    assertThat(error.type()).isEqualTo("dev.holdfast.lambda.InvalidEventException");
    assertThat(error.message()).contains("/orderId is not there");
  }

  @Test
  void tooLittleTime_hasANameOfItsOwn() throws IOException {
    try (Deployed needy = Deployed.start(dynamo, Triggered.LongTask.class, "/orderId")) {
      assertThat(needy.error(order("20", "e-4")).type())
          .isEqualTo("dev.holdfast.lambda.TooLittleTimeException");
    }
  }

  @Test
  void tableThatIsNotThere_hasANameOfItsOwn() throws IOException {
    Map<String, String> elsewhere =
        Map.of("HOLDFAST_TABLE", "nowhere", "HOLDFAST_RESOURCE_ID", "/orderId");
    try (LimitedDynamoDb withoutIt = LimitedDynamoDb.allowing("nowhere");
        Deployed lost = Deployed.start(withoutIt, Triggered.Task.class, elsewhere)) {
      assertThat(lost.error(order("21", "e-5")).type())
          .isEqualTo("dev.holdfast.lock.LockTableMissingException");
    }
  }

  @Test
  void tableThatThePolicyDoesNotAllow_hasANameOfItsOwn() throws IOException {
    Map<String, String> elsewhere =
        Map.of("HOLDFAST_TABLE", "others", "HOLDFAST_RESOURCE_ID", "/orderId");
    try (Deployed denied = Deployed.start(dynamo, Triggered.Task.class, elsewhere)) {
      assertThat(denied.error(order("23", "e-7")).type())
          .isEqualTo("dev.holdfast.lock.LockAccessDeniedException");
    }
  }

  @Test
  void tableThatDoesNotAnswer_hasANameOfItsOwn() throws IOException {
    Map<String, String> silent =
        Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9", "HOLDFAST_RESOURCE_ID", "/orderId");
    try (Deployed lost = Deployed.start(dynamo, Triggered.Task.class, silent)) {
      assertThat(lost.error(order("22", "e-6")).type())
          .isEqualTo("dev.holdfast.lock.LockTableUnreachableException");
    }
  }
}
