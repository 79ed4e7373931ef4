package dev.holdfast.lambda.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.PolicyEnforcedDynamoDb;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.LocalExecutionEnvironment;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests guards in existing user code, in the real runtime client. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("proof")
class UserHandlersIT {
  private static final String ORDER = "{\"id\":\"order-17\"}";

  @AutoClose private static final PolicyEnforcedDynamoDb dynamo = PolicyEnforcedDynamoDb.start();

  private static FunctionConfiguration function(String handler) {
    return FunctionConfiguration.of(handler)
        .timeout(Duration.ofSeconds(60))
        .endpoint(dynamo.endpoint())
        .environment("CUSTOM_ENDPOINT", dynamo.endpoint().toString())
        .environment("HOLDFAST_TABLE", "locks");
  }

  private static List<Path> classPath(Predicate<String> filter) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(filter)
        .map(Path::of)
        .toList();
  }

  private static String response(String handler, String event) throws IOException {
    try (LocalExecutionEnvironment environment =
        LocalExecutionEnvironment.start(function(handler), FunctionCode.currentClassPath())) {
      return response(environment, event);
    }
  }

  private static String response(LocalExecutionEnvironment environment, String event) {
    InvocationResult result = environment.invoke(event).join();
    assertThat(result).as(environment.log()).isInstanceOf(Response.class);
    return ((Response) result).payload();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "::handleRequest"})
  void wrap_existingHandler_runsUnderTheLock(String method) throws IOException {
    assertThat(response(UserHandlers.WrappedHandler.class.getName() + method, ORDER))
        .isEqualTo("\"order-17 shipped\"");
  }

  @Test
  void annotatedMethod_callsGuard_runsUnderTheLock() throws Exception {
    assertThat(
            UserHandlers.GuardCallHandler.class
                .getMethod("handleRequest", Map.class, Context.class)
                .isAnnotationPresent(UserHandlers.Traced.class))
        .isTrue();
    assertThat(response(UserHandlers.GuardCallHandler.class.getName() + "::handleRequest", ORDER))
        .isEqualTo("\"order-17 shipped\"");
  }

  @Test
  void constructorInjection_customClient_isUsed() throws IOException {
    assertThat(response(UserHandlers.InjectedHandler.class.getName(), ORDER))
        .isEqualTo("{\"order\":\"order-17\",\"lock\":\"order-17\"}");
  }

  @Test
  void constructorInjection_inUnitTest_usesTheTestDouble() {
    GuardFixture fixture = new GuardFixture();
    UserHandlers.InjectedHandler handler =
        new UserHandlers.InjectedHandler(
            fixture.guard(),
            (order, lease) -> new UserHandlers.Receipt(fixture.process(order), "in a test"));
    assertThat(
            handler.handle(
                new UserHandlers.Order("order-17"), sampleLease(fixture), fixture.context()))
        .isEqualTo(new UserHandlers.Receipt("order-17", "in a test"));
    assertThat(fixture.processed).containsExactly("order-17");
  }

  private static Lease sampleLease(GuardFixture fixture) {
    return fixture
        .lockClient
        .tryAcquire("x")
        .fold(lock -> lock, UserHandlersIT::failBusy, UserHandlersIT::failBusy);
  }

  private static HeldLock failBusy(Object outcome) {
    throw new AssertionError("must be free, got " + outcome);
  }

  @Test
  void bytesHandler_event_isPassedThroughUnchanged() throws IOException {
    assertThat(response(UserHandlers.BytesHandler.class.getName(), "[1, 2]")).isEqualTo("[1, 2]");
  }

  @Test
  void customSerializer_registeredAsService_isUsedByTheRuntimeClient(@TempDir Path folder)
      throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(CustomPojoSerializer.class.getName()),
        UserHandlers.CustomSerializer.class.getName(),
        UTF_8);
    List<Path> entries = Stream.concat(Stream.of(folder), classPath(e -> true).stream()).toList();
    String handler = UserHandlers.WrappedHandler.class.getName();
    try (LocalExecutionEnvironment environment =
        LocalExecutionEnvironment.start(function(handler), new FunctionCode.ClassPath(entries))) {
      assertThat(response(environment, "\"order-18\"")).isEqualTo("\"custom: order-18 shipped\"");
    }
  }

  /** Checks that slf4j without a logging library logs only its notice, of at most three lines. */
  @Test
  void noLoggingLibrary_logsOnlySlf4jNotice() throws IOException {
    List<Path> entries = classPath(entry -> !entry.contains("slf4j-simple"));
    String handler = UserHandlers.GuardCallHandler.class.getName() + "::handleRequest";
    try (LocalExecutionEnvironment environment =
        LocalExecutionEnvironment.start(function(handler), new FunctionCode.ClassPath(entries))) {
      response(environment, ORDER);
      assertThat(environment.log().lines())
          .filteredOn(line -> !line.startsWith("{\"_aws\":"))
          .allMatch(line -> line.startsWith("SLF4J"))
          .hasSizeLessThanOrEqualTo(3);
    }
  }
}
