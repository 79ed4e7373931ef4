package dev.holdfast.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.testkit.FunctionCode;
import dev.holdfast.lambda.testkit.FunctionConfiguration;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.Sandbox;
import dev.holdfast.lock.Lease;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A function that is initialized for a snapshot, through the checkpoint of the runtime client. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SnapStartIT {
  private static final URI NOBODY = URI.create("http://127.0.0.1:9");

  @AutoClose private static final LimitedDynamoDb dynamo = LimitedDynamoDb.start();

  /** Under which lock, and how many classes its first acquisition had to load. */
  public record Receipt(String lock, long loaded) {}

  /** Counts the classes that are loaded until it works. */
  public static final class Ship extends LockedHandler<String, Receipt> {
    private long loadedBefore;

    public Ship() {
      super(Guard.fromEnvironment().metrics("Shop"));
    }

    private static long loaded() {
      return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }

    @Override
    protected String resourceId(String order) {
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("holdfast-priming"))
          .forEach(Ship::await);
      loadedBefore = loaded();
      return order;
    }

    private static void await(Thread priming) {
      try {
        priming.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted by nobody", e);
      }
    }

    @Override
    protected Receipt handle(String order, Lease lease, Context context) {
      return new Receipt(lease.name(), loaded() - loadedBefore);
    }
  }

  private static FunctionConfiguration function(String initialization, URI endpoint) {
    return function(initialization, endpoint, 2);
  }

  private static FunctionConfiguration function(
      String initialization, URI endpoint, int processors) {
    return FunctionConfiguration.of(Ship.class.getName())
        .timeout(Duration.ofSeconds(60))
        .endpoint(endpoint)
        .jvmFlags("-XX:TieredStopAtLevel=1", "-XX:ActiveProcessorCount=" + processors)
        .environment("HOLDFAST_TABLE", "locks")
        .environment("AWS_LAMBDA_INITIALIZATION_TYPE", initialization);
  }

  private static Receipt first(String initialization, String order) throws IOException {
    return first(function(initialization, dynamo.endpoint()), order);
  }

  private static Receipt first(FunctionConfiguration function, String order) throws IOException {
    try (Sandbox sandbox = Sandbox.start(function, FunctionCode.ofThisJvm())) {
      InvocationResult result = sandbox.invoke("\"" + order + "\"").join();
      assertThat(result).as(sandbox.log()).isInstanceOf(Response.class);
      return JsonType.of(Receipt.class).read(((Response) result).payload().getBytes(UTF_8));
    }
  }

  @Test
  void restoredSandbox_locks_andHadLoadedMostOfWhatThatTakes_beforeTheSnapshot()
      throws IOException {
    Receipt restored = first("snap-start", "order-1");
    Receipt cold = first(function("on-demand", dynamo.endpoint(), 1), "order-2");
    assertThat(restored.lock()).isEqualTo("order-1");
    assertThat(restored.loaded()).isLessThan(cold.loaded() / 2);
  }

  /** A thread of its own loads it, and has ended when that is done. */
  @Test
  void functionWithTwoProcessors_loadsMostOfWhatThatTakes_besideItsInitialization()
      throws IOException {
    Receipt primed = first("on-demand", "order-3");
    Receipt cold = first(function("on-demand", dynamo.endpoint(), 1), "order-4");
    assertThat(primed.lock()).isEqualTo("order-3");
    assertThat(primed.loaded()).isLessThan(cold.loaded() / 2);
  }

  /** The discard port: a call would fail, and with it the initialization. */
  @ParameterizedTest
  @ValueSource(strings = {"snap-start", "on-demand"})
  void initialization_opensNoConnection(String initialization) throws IOException {
    try (Sandbox sandbox =
        Sandbox.start(function(initialization, NOBODY), FunctionCode.ofThisJvm())) {
      sandbox.initialized().join();
      assertThat(sandbox.log()).doesNotContain("Exception");
    }
  }
}
