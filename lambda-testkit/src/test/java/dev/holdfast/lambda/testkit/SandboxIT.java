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
class SandboxIT {
  private static final String TWO_MESSAGES =
      SampleEvents.sqs(SqsMessage.of("m-1", "pay"), SqsMessage.of("m-2", "pack"));

  @AutoClose private final Sandboxes sandboxes = new Sandboxes();

  @ParameterizedTest
  @ValueSource(strings = {"", "::handleRequest"})
  void invoke_streamHandler_getsTheEventAsItIs(String method) throws IOException {
    Sandbox sandbox = sandboxes.start(Describe.class.getName() + method);
    assertThat(describe(sandbox, "{\"order\": 17}")).containsEntry("event", "{\"order\": 17}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "::handleRequest"})
  void invoke_typedHandler_readsTheEventAndWritesTheResult(String method) throws IOException {
    Sandbox sandbox = sandboxes.start(BodiesOfBatch.class.getName() + method);
    assertThat(sandbox.invoke(TWO_MESSAGES).join()).isEqualTo(new Response("[\"pay\",\"pack\"]"));
  }

  @Test
  void invoke_contextAndEnvironment_areTheFunctionsOwn() throws IOException {
    FunctionConfiguration function =
        Sandboxes.patient(Describe.class.getName())
            .name("ship-order")
            .version("7")
            .logStream("sandbox-3")
            .environment("GREETING", "hello");
    Sandbox sandbox = sandboxes.start(function);

    assertThat(describe(sandbox, "{}"))
        .containsEntry("function", "ship-order:7")
        .containsEntry("arn", "arn:aws:lambda:us-east-1:123456789012:function:ship-order")
        .containsEntry("sandbox", "sandbox-3")
        .containsEntry("greeting", "hello")
        .containsEntry("home", "none")
        .hasEntrySatisfying(
            "remaining", left -> assertThat(((Number) left).intValue()).isBetween(1, 60_000));
  }

  @Test
  void invoke_twice_sameProcessAnotherRequestId() throws IOException {
    Sandbox sandbox = sandboxes.start(Describe.class.getName());
    Object first = describe(sandbox, "{}").get("requestId");
    Object second = describe(sandbox, "{}").get("requestId");
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void invoke_handlerThrows_isAFunctionErrorAndTheSandboxLivesOn() throws IOException {
    Sandbox sandbox = sandboxes.start(BodiesOfBatch.class.getName());

    InvocationResult refused = sandbox.invoke("{\"Records\":[]}").join();

    assertThat(refused)
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> {
              assertThat(error.type()).isEqualTo("java.lang.IllegalArgumentException");
              assertThat(error.message()).isEqualTo("batch must not be empty");
              assertThat(error.json()).contains("stackTrace");
            });
    assertThat(sandbox.invoke(TWO_MESSAGES).join()).isInstanceOf(Response.class);
  }

  @Test
  void invoke_constructorThrows_isAnInitError() throws IOException {
    Sandbox sandbox = sandboxes.start(FailsToStart.class.getName());

    assertThat(sandbox.invoke("\"x\"").join())
        .isInstanceOfSatisfying(
            InitError.class, error -> assertThat(error.message()).isEqualTo("TABLE is not set"));
    assertThat(sandbox.initialized()).isCompletedExceptionally();
    await().atMost(Duration.ofMinutes(1)).until(() -> !sandbox.isAlive());
  }

  @Test
  void invoke_unknownClass_namesIt() throws IOException {
    Sandbox sandbox = sandboxes.start("shop.NoSuchHandler");
    assertThat(sandbox.invoke("{}").join())
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> assertThat(error.message()).contains("shop.NoSuchHandler"));
  }

  @Test
  void invoke_afterARestoredSnapshot_answers() throws IOException {
    FunctionConfiguration snapStart =
        Sandboxes.patient(Describe.class.getName())
            .environment("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
            .jvmFlags("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

    assertThat(describe(sandboxes.start(snapStart), "{}")).containsEntry("event", "{}");
  }

  @Test
  void invoke_severalInOneSandbox_runAtTheSameTime(@TempDir Path folder) throws IOException {
    FunctionConfiguration managedInstance =
        Sandboxes.patient(WaitsForFile.class.getName())
            .environment("AWS_LAMBDA_MAX_CONCURRENCY", "2");
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    Sandbox sandbox = sandboxes.start(managedInstance);

    CompletableFuture<InvocationResult> held = sandbox.invoke(JsonText.write(first.toString()));
    CompletableFuture<InvocationResult> quick = sandbox.invoke(JsonText.write(second.toString()));
    Files.createFile(second.resolve("go-on"));

    assertThat(quick.join()).isEqualTo(new Response("\"done\""));
    assertThat(held).isNotDone();
    Files.createFile(first.resolve("go-on"));
    assertThat(held.join()).isEqualTo(new Response("\"done\""));
  }

  @Test
  void log_holdsWhatTheHandlerLogged() throws IOException {
    Sandbox sandbox = sandboxes.start(Describe.class.getName());
    describe(sandbox, "{\"order\":17}");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(sandbox.log()).contains("saw {\"order\":17}"));
  }

  @Test
  void start_severalAtOnce_doNotDisturbEachOther() throws IOException {
    List<CompletableFuture<InvocationResult>> results = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      results.add(sandboxes.start(BodiesOfBatch.class.getName()).invoke(TWO_MESSAGES));
    }
    assertThat(results).allSatisfy(one -> assertThat(one.join()).isInstanceOf(Response.class));
  }

  @Test
  void close_whileItStarts_leavesNoProcess() throws IOException {
    Sandbox sandbox = sandboxes.start(Describe.class.getName());
    ProcessHandle process = ProcessHandle.of(sandbox.pid()).orElseThrow();

    sandbox.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(sandbox.log()).isEmpty();
  }

  private static Map<String, Object> describe(Sandbox sandbox, String event) {
    InvocationResult result = sandbox.invoke(event).join();
    assertThat(result).isInstanceOf(Response.class);
    return JsonText.readObject(((Response) result).payload());
  }
}
