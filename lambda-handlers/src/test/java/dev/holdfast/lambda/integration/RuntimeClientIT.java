package dev.holdfast.lambda.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lambda.fixtures.PolicyEnforcedDynamoDb;
import dev.holdfast.lambda.integration.OrderFunctions.Receipt;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.FunctionError;
import dev.holdfast.lambda.testkit.InvocationResult.InitError;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.LocalExecutionEnvironment;
import dev.holdfast.lambda.testkit.SampleEvents;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lock.Acquisition;
import dev.holdfast.lock.AlreadyCompletedException;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RuntimeClientIT {
  private static final Pattern JVM_THREAD =
      Pattern.compile(
          "(main|Reference Handler|Finalizer|Signal Dispatcher|Common-Cleaner|Notification Thread"
              + "|C1 CompilerThread\\d+|C2 CompilerThread\\d+|Sweeper thread|Attach Listener"
              + "|Service Thread|Monitor Deflation Thread): [A-Z_]+");
  private static final Pattern IDLE_SDK_THREAD =
      Pattern.compile("(sdk-ScheduledExecutor-[-0-9]+|Keep-Alive-Timer): (TIMED_)?WAITING");

  @AutoClose private static final PolicyEnforcedDynamoDb dynamo = PolicyEnforcedDynamoDb.start();

  @AutoClose private static LocalExecutionEnvironment ship;

  @BeforeAll
  static void startFunction() throws IOException {
    ship = start(OrderFunctions.ShipHandler.class);
  }

  private static LocalExecutionEnvironment start(Class<?> handler) throws IOException {
    return start(handler.getName());
  }

  private static LocalExecutionEnvironment start(String handler) throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of(handler)
            .name("ship-order")
            .timeout(Duration.ofMinutes(1))
            .endpoint(dynamo.endpoint())
            .environment("HOLDFAST_TABLE", "locks")
            .environment("HOLDFAST_KEY_PREFIX", "shop/");
    return LocalExecutionEnvironment.start(function, FunctionCode.currentClassPath());
  }

  private static String order(String id, String step) {
    return "{\"id\":\"" + id + "\",\"step\":\"" + step + "\"}";
  }

  private static void assertFree(String key) {
    try (DynamoDbClient client = dynamo.adminClient()) {
      Acquisition acquisition = DynamoDbLockClient.create(client, "locks").tryAcquire(key);
      assertThat(acquisition).isInstanceOf(Acquisition.Acquired.class);
      ((Acquisition.Acquired) acquisition).lock().close();
    }
  }

  private static Receipt receipt(InvocationResult result) {
    assertThat(result).isInstanceOf(Response.class);
    return JsonCodec.of(Receipt.class).read(((Response) result).payload().getBytes(UTF_8));
  }

  @Test
  void invoke_recordsThroughAGenericBaseClass_runsUnderTheLock() {
    Receipt receipt = receipt(ship.invoke(order("16", "pay")).join());
    assertThat(receipt.done()).isEqualTo("pay 16");
    assertThat(receipt.lock()).isEqualTo("shop/order-16");
    assertFree("shop/order-16");
  }

  @Test
  void invoke_handlerStringWithMethodName_runsUnderTheLock() throws IOException {
    try (LocalExecutionEnvironment environment =
        start(OrderFunctions.ShipHandler.class.getName() + "::handleRequest")) {
      Receipt receipt = receipt(environment.invoke(order("17", "pay")).join());
      assertThat(receipt.done()).isEqualTo("pay 17");
      assertThat(receipt.lock()).isEqualTo("shop/order-17");
    }
  }

  @Test
  void invoke_sameEventTwice_failsWithAlreadyCompleted() {
    assertThat(ship.invoke(order("18", "ship")).join()).isInstanceOf(Response.class);
    assertThat(ship.invoke(order("18", "ship")).join())
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> assertThat(error.type()).isEqualTo(AlreadyCompletedException.class.getName()));
    assertThat(ship.invoke(order("18", "pack")).join()).isInstanceOf(Response.class);
  }

  @Test
  void invoke_handlerThrows_keepsItsErrorTypeAndReleasesTheLock() {
    assertThat(ship.invoke(order("19", "print")).join())
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> {
              assertThat(error.type())
                  .isEqualTo(OrderFunctions.OutOfPaperException.class.getName());
              assertThat(error.message()).isEqualTo("no paper for order 19");
            });
    assertFree("shop/order-19");
    assertThat(ship.invoke(order("19", "ship")).join()).isInstanceOf(Response.class);
  }

  /** Allows the SDK's idle threads for timeouts, and the JDK's thread that closes connections. */
  @Test
  void invoke_afterReturn_leavesOnlyIdleThreads() {
    receipt(ship.invoke(order("20", "pay")).join());
    assertFree("shop/order-20");

    AtomicInteger step = new AtomicInteger();
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertOnlyIdleThreads("pack " + step.incrementAndGet()));
  }

  /** Checks the threads that exist before the work. A thread may still be about to become idle. */
  private static void assertOnlyIdleThreads(String step) {
    Receipt next = receipt(ship.invoke(order("20", step)).join());
    assertThat(next.threadsBefore())
        .contains("main: RUNNABLE")
        .allMatch(
            thread ->
                JVM_THREAD.matcher(thread).matches() || IDLE_SDK_THREAD.matcher(thread).matches());
  }

  @Test
  void invoke_unresolvedEventType_failsInitializationAndNamesTheClass() throws IOException {
    try (LocalExecutionEnvironment environment =
        start(OrderFunctions.UnresolvedTypeHandler.class)) {
      InvocationResult result = environment.invoke("{}").join();
      assertThat(result.toString())
          .contains(
              OrderFunctions.UnresolvedTypeHandler.class.getName()
                  + " must give a type for E of LockedHandler");
      assertThat(result).isInstanceOfAny(InitError.class, FunctionError.class);
    }
  }

  @Test
  void invoke_afterInterruptedMessage_nextInvocationSucceeds() throws IOException {
    try (LocalExecutionEnvironment environment = start(OrderFunctions.BatchHandler.class)) {
      assertThat(environment.invoke(SampleEvents.sqs(SqsMessage.of("m-1", "stop"))).join())
          .isEqualTo(new Response("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}"));
      assertThat(environment.invoke(SampleEvents.sqs(SqsMessage.of("m-2", "order-1"))).join())
          .as(environment.log())
          .isEqualTo(new Response("{\"batchItemFailures\":[]}"));
    }
  }
}
