package dev.holdfast.lambda.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.lambda.testkit.InvocationResult.FunctionError;
import dev.holdfast.lambda.testkit.InvocationResult.InitError;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LocalExecutionEnvironmentIT {
  private static final String TWO_MESSAGES =
      SampleEvents.sqs(SqsMessage.of("m-1", "pay"), SqsMessage.of("m-2", "pack"));

  @AutoClose private final TestEnvironments environments = new TestEnvironments();

  @ParameterizedTest
  @ValueSource(strings = {"", "::handleRequest"})
  void invoke_streamHandler_receivesEventUnchanged(String method) throws IOException {
    LocalExecutionEnvironment environment =
        environments.start(DescribeInvocationHandler.class.getName() + method);
    assertThat(describe(environment, "{\"order\": 17}")).containsEntry("event", "{\"order\": 17}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "::handleRequest"})
  void invoke_typedHandler_deserializesEventAndSerializesResult(String method) throws IOException {
    LocalExecutionEnvironment environment =
        environments.start(MessageBodiesHandler.class.getName() + method);
    assertThat(environment.invoke(TWO_MESSAGES).join())
        .isEqualTo(new Response("[\"pay\",\"pack\"]"));
  }

  @Test
  void invoke_contextAndVariables_matchFunctionConfiguration() throws IOException {
    FunctionConfiguration function =
        TestEnvironments.withLongTimeout(DescribeInvocationHandler.class.getName())
            .name("ship-order")
            .version("7")
            .logStream("environment-3")
            .environment("GREETING", "hello");
    LocalExecutionEnvironment environment = environments.start(function);

    assertThat(describe(environment, "{}"))
        .containsEntry("function", "ship-order:7")
        .containsEntry("arn", "arn:aws:lambda:us-east-1:123456789012:function:ship-order")
        .containsEntry("logStream", "environment-3")
        .containsEntry("greeting", "hello")
        .containsEntry("home", "none")
        .hasEntrySatisfying(
            "remaining", left -> assertThat(((Number) left).intValue()).isBetween(1, 60_000));
  }

  @Test
  void invoke_twice_hasAnotherRequestId() throws IOException {
    LocalExecutionEnvironment environment =
        environments.start(DescribeInvocationHandler.class.getName());
    Object first = describe(environment, "{}").get("requestId");
    Object second = describe(environment, "{}").get("requestId");
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void invoke_handlerThrows_isFunctionErrorAndEnvironmentStaysUsable() throws IOException {
    LocalExecutionEnvironment environment =
        environments.start(MessageBodiesHandler.class.getName());

    InvocationResult failed = environment.invoke("{\"Records\":[]}").join();

    assertThat(failed)
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> {
              assertThat(error.type()).isEqualTo("java.lang.IllegalArgumentException");
              assertThat(error.message()).isEqualTo("batch must not be empty");
              assertThat(error.json()).contains("stackTrace");
            });
    assertThat(environment.invoke(TWO_MESSAGES).join()).isInstanceOf(Response.class);
  }

  @Test
  void invoke_constructorThrows_isInitError() throws IOException {
    LocalExecutionEnvironment environment =
        environments.start(FailingConstructorHandler.class.getName());

    assertThat(environment.invoke("\"x\"").join())
        .isInstanceOfSatisfying(
            InitError.class, error -> assertThat(error.message()).isEqualTo("TABLE is not set"));
    assertThat(environment.initialized()).isCompletedExceptionally();
    await().atMost(Duration.ofMinutes(1)).until(() -> !environment.isAlive());
  }

  @Test
  void invoke_unknownClass_isFunctionErrorWithItsName() throws IOException {
    LocalExecutionEnvironment environment = environments.start("shop.NoSuchHandler");
    assertThat(environment.invoke("{}").join())
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> assertThat(error.message()).contains("shop.NoSuchHandler"));
  }

  @Test
  void invoke_afterSnapStartRestore_returnsResponse() throws IOException {
    FunctionConfiguration snapStart =
        TestEnvironments.withLongTimeout(DescribeInvocationHandler.class.getName())
            .environment("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
            .jvmFlags("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

    assertThat(describe(environments.start(snapStart), "{}")).containsEntry("event", "{}");
  }

  @Test
  void invoke_concurrentInvocationsInOneEnvironment_runInParallel(@TempDir Path folder)
      throws IOException {
    FunctionConfiguration managedInstance =
        TestEnvironments.withLongTimeout(WaitForFileHandler.class.getName())
            .environment("AWS_LAMBDA_MAX_CONCURRENCY", "2");
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    LocalExecutionEnvironment environment = environments.start(managedInstance);

    CompletableFuture<InvocationResult> blocked =
        environment.invoke(LambdaJson.write(first.toString()));
    CompletableFuture<InvocationResult> unblocked =
        environment.invoke(LambdaJson.write(second.toString()));
    Files.createFile(second.resolve("continue"));

    assertThat(unblocked.join()).isEqualTo(new Response("\"done\""));
    assertThat(blocked).isNotDone();
    Files.createFile(first.resolve("continue"));
    assertThat(blocked.join()).isEqualTo(new Response("\"done\""));
  }

  @Test
  void log_containsHandlerOutput() throws IOException {
    LocalExecutionEnvironment environment =
        environments.start(DescribeInvocationHandler.class.getName());
    describe(environment, "{\"order\":17}");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(environment.log()).contains("saw {\"order\":17}"));
  }

  @Test
  void start_severalConcurrently_allReturnResponses() throws IOException {
    List<CompletableFuture<InvocationResult>> results = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      results.add(environments.start(MessageBodiesHandler.class.getName()).invoke(TWO_MESSAGES));
    }
    assertThat(results)
        .allSatisfy(result -> assertThat(result.join()).isInstanceOf(Response.class));
  }

  @Test
  void close_duringInitialization_leavesNoProcess() throws IOException {
    LocalExecutionEnvironment environment =
        environments.start(DescribeInvocationHandler.class.getName());
    ProcessHandle process = ProcessHandle.of(environment.pid()).orElseThrow();

    environment.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(environment.log()).isEmpty();
  }

  private static Map<String, Object> describe(LocalExecutionEnvironment environment, String event) {
    InvocationResult result = environment.invoke(event).join();
    assertThat(result).isInstanceOf(Response.class);
    return LambdaJson.readObject(((Response) result).payload());
  }
}
