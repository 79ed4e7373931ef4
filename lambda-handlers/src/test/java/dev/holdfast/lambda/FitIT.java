package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.Sandbox;
import dev.holdfast.lock.HeldLock;
import dev.holdfast.lock.Lease;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users have already, and how the lock comes to it, in the real runtime client. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FitIT {
  private static final String ORDER = "{\"id\":\"order-17\"}";

  @AutoClose private static final LimitedDynamoDb dynamo = LimitedDynamoDb.start();

  private static FunctionConfiguration function(String handler) {
    return FunctionConfiguration.of(handler)
        .timeout(Duration.ofSeconds(60))
        .endpoint(dynamo.endpoint())
        .environment("OWN_ENDPOINT", dynamo.endpoint().toString())
        .environment("HOLDFAST_TABLE", "locks");
  }

  private static List<Path> classPath(Predicate<String> wanted) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(wanted)
        .map(Path::of)
        .toList();
  }

  private static String answer(String handler, String event) throws IOException {
    try (Sandbox sandbox = Sandbox.start(function(handler), FunctionCode.ofThisJvm())) {
      return answer(sandbox, event);
    }
  }

  private static String answer(Sandbox sandbox, String event) {
    InvocationResult result = sandbox.invoke(event).join();
    assertThat(result).as(sandbox.log()).isInstanceOf(Response.class);
    return ((Response) result).payload();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "::handleRequest"})
  void existingHandler_isWrappedInOneLine(String method) throws IOException {
    assertThat(answer(Fitted.Wrapped.class.getName() + method, ORDER))
        .isEqualTo("\"order-17 shipped\"");
  }

  @Test
  void ownMethod_withAnnotationsOfOthers_callsTheGuard() throws Exception {
    assertThat(
            Fitted.Composed.class
                .getMethod("handleRequest", Map.class, Context.class)
                .isAnnotationPresent(Fitted.Traced.class))
        .isTrue();
    assertThat(answer(Fitted.Composed.class.getName() + "::handleRequest", ORDER))
        .isEqualTo("\"order-17 shipped\"");
  }

  @Test
  void constructorInjection_withAClientOfOnesOwn() throws IOException {
    assertThat(answer(Fitted.Injected.class.getName(), ORDER))
        .isEqualTo("{\"order\":\"order-17\",\"lock\":\"order-17\"}");
  }

  @Test
  void constructorInjection_inATest() {
    Bench bench = new Bench();
    Fitted.Injected handler =
        new Fitted.Injected(
            bench.guard(), (order, lease) -> new Fitted.Receipt(bench.work(order), "in a test"));
    assertThat(handler.handle(new Fitted.Order("order-17"), heldNowhere(bench), bench.context()))
        .isEqualTo(new Fitted.Receipt("order-17", "in a test"));
    assertThat(bench.done).containsExactly("order-17");
  }

  private static Lease heldNowhere(Bench bench) {
    return bench.locks.tryAcquire("x").fold(lock -> lock, FitIT::never, FitIT::never);
  }

  private static HeldLock never(Object other) {
    throw new AssertionError("must be free, got " + other);
  }

  @Test
  void bytes_areReadAndWrittenByTheHandlerItself() throws IOException {
    assertThat(answer(Fitted.Raw.class.getName(), "[1, 2]")).isEqualTo("[1, 2]");
  }

  @Test
  void serializerOfOnesOwn_isUsedByTheRuntimeClient(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(CustomPojoSerializer.class.getName()),
        Fitted.OwnSerializer.class.getName(),
        UTF_8);
    List<Path> entries = Stream.concat(Stream.of(folder), classPath(e -> true).stream()).toList();
    String handler = Fitted.Wrapped.class.getName();
    try (Sandbox sandbox =
        Sandbox.start(function(handler), new FunctionCode.OnClassPath(entries))) {
      assertThat(answer(sandbox, "\"order-18\"")).isEqualTo("\"own: order-18 shipped\"");
    }
  }

  /** Of slf4j itself come three lines, once. */
  @Test
  void noLoggingLibrary_isQuiet() throws IOException {
    List<Path> entries = classPath(entry -> !entry.contains("slf4j-simple"));
    String handler = Fitted.Composed.class.getName() + "::handleRequest";
    try (Sandbox sandbox =
        Sandbox.start(function(handler), new FunctionCode.OnClassPath(entries))) {
      answer(sandbox, ORDER);
      assertThat(sandbox.log().lines())
          .filteredOn(line -> !line.startsWith("{\"_aws\":"))
          .allMatch(line -> line.startsWith("SLF4J"))
          .hasSizeLessThanOrEqualTo(3);
    }
  }
}
