package dev.holdfast.lambda.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.LockedHandler;
import dev.holdfast.lambda.fixtures.PolicyEnforcedDynamoDb;
import dev.holdfast.lambda.internal.json.JsonCodec;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.LocalExecutionEnvironment;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests a function that is initialized for a snapshot, with the checkpoint of the runtime client.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("proof")
class SnapStartIT {
  private static final URI UNREACHABLE_ENDPOINT = URI.create("http://127.0.0.1:9");

  @AutoClose private static final PolicyEnforcedDynamoDb dynamo = PolicyEnforcedDynamoDb.start();

  /** Lock of the work, and number of classes that its first acquisition loaded. */
  public record Receipt(String lock, long loaded) {}

  /** Function that counts the classes loaded before its work starts. */
  public static final class ClassCountingHandler extends LockedHandler<String, Receipt> {
    private long loadedBefore;

    public ClassCountingHandler() {
      super(Guard.fromEnvironment().metrics("Shop"));
    }

    private static long loadedClasses() {
      return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }

    @Override
    protected String resourceId(String order) {
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("holdfast-priming"))
          .forEach(ClassCountingHandler::await);
      loadedBefore = loadedClasses();
      return order;
    }

    private static void await(Thread priming) {
      try {
        priming.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("unexpected interrupt", e);
      }
    }

    @Override
    protected Receipt handle(String order, Lease lease, Context context) {
      return new Receipt(lease.name(), loadedClasses() - loadedBefore);
    }
  }

  private static FunctionConfiguration function(String initializationType, URI endpoint) {
    return function(initializationType, endpoint, 2);
  }

  private static FunctionConfiguration function(
      String initializationType, URI endpoint, int processors) {
    return FunctionConfiguration.of(ClassCountingHandler.class.getName())
        .timeout(Duration.ofSeconds(60))
        .endpoint(endpoint)
        .jvmFlags("-XX:TieredStopAtLevel=1", "-XX:ActiveProcessorCount=" + processors)
        .environment("HOLDFAST_TABLE", "locks")
        .environment("AWS_LAMBDA_INITIALIZATION_TYPE", initializationType);
  }

  private static Receipt firstReceipt(String initializationType, String order) throws IOException {
    return firstReceipt(function(initializationType, dynamo.endpoint()), order);
  }

  private static Receipt firstReceipt(FunctionConfiguration function, String order)
      throws IOException {
    try (LocalExecutionEnvironment environment =
        LocalExecutionEnvironment.start(function, FunctionCode.currentClassPath())) {
      InvocationResult result = environment.invoke("\"" + order + "\"").join();
      assertThat(result).as(environment.log()).isInstanceOf(Response.class);
      return JsonCodec.of(Receipt.class).read(((Response) result).payload().getBytes(UTF_8));
    }
  }

  @Test
  void restore_afterSnapshot_acquiresWithHalfTheClassLoads() throws IOException {
    Receipt restored = firstReceipt("snap-start", "order-1");
    Receipt cold = firstReceipt(function("on-demand", dynamo.endpoint(), 1), "order-2");
    assertThat(restored.lock()).isEqualTo("order-1");
    assertThat(restored.loaded()).isLessThan(cold.loaded() / 2);
  }

  /** Checks that the priming thread loads the classes before the first acquire. */
  @Test
  void priming_withTwoProcessors_loadsClassesInBackground() throws IOException {
    Receipt primed = firstReceipt("on-demand", "order-3");
    Receipt cold = firstReceipt(function("on-demand", dynamo.endpoint(), 1), "order-4");
    assertThat(primed.lock()).isEqualTo("order-3");
    assertThat(primed.loaded()).isLessThan(cold.loaded() / 2);
  }

  /** Uses an unreachable endpoint, so that any request fails the initialization. */
  @ParameterizedTest
  @ValueSource(strings = {"snap-start", "on-demand"})
  void initialization_opensNoConnection(String initializationType) throws IOException {
    try (LocalExecutionEnvironment environment =
        LocalExecutionEnvironment.start(
            function(initializationType, UNREACHABLE_ENDPOINT), FunctionCode.currentClassPath())) {
      environment.initialized().join();
      assertThat(environment.log()).doesNotContain("Exception");
    }
  }
}
