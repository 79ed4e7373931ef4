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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests a managed instance: one JVM and one handler object for 16 concurrent invocations. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ManagedInstanceIT {
  private static final int CONCURRENCY = 16;

  @AutoClose private static final PolicyEnforcedDynamoDb dynamo = PolicyEnforcedDynamoDb.start();

  /** Event of one invocation. */
  public record Order(String id, boolean concurrent) {}

  /** Result of one invocation. */
  public record Receipt(String id, String lock, String handler, boolean exclusive) {}

  /** Shared handler. Concurrent work waits until all invocations run it. */
  public static final class ShipHandler extends LockedHandler<Order, Receipt> {
    private final CyclicBarrier barrier = new CyclicBarrier(CONCURRENCY);
    private final AtomicInteger active = new AtomicInteger();

    public ShipHandler() {
      super(Guard.fromEnvironment());
    }

    @Override
    protected String resourceId(Order order) {
      return order.concurrent() ? order.id() : "hot";
    }

    @Override
    protected Receipt handle(Order order, Lease lease, Context context)
        throws InterruptedException, BrokenBarrierException, TimeoutException {
      boolean exclusive = active.incrementAndGet() == 1;
      if (order.concurrent()) {
        barrier.await(60, TimeUnit.SECONDS);
      }
      active.decrementAndGet();
      String handler = Integer.toString(System.identityHashCode(this));
      return new Receipt(order.id(), lease.name(), handler, exclusive);
    }
  }

  @AutoClose private static LocalExecutionEnvironment environment;

  @BeforeAll
  static void start() throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of(ShipHandler.class.getName())
            .memoryMb(512)
            .timeout(Duration.ofSeconds(90))
            .endpoint(dynamo.endpoint())
            .environment("HOLDFAST_TABLE", "locks")
            .environment("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(CONCURRENCY));
    environment = LocalExecutionEnvironment.start(function, FunctionCode.currentClassPath());
  }

  private static List<Receipt> receipts(boolean concurrent) {
    List<CompletableFuture<InvocationResult>> results = new ArrayList<>();
    for (int i = 0; i < CONCURRENCY; i++) {
      results.add(
          environment.invoke("{\"id\":\"order-" + i + "\",\"concurrent\":" + concurrent + "}"));
    }
    return results.stream().map(result -> receipt(result.join())).toList();
  }

  private static Receipt receipt(InvocationResult result) {
    assertThat(result).as(environment.log()).isInstanceOf(Response.class);
    return JsonCodec.of(Receipt.class).read(((Response) result).payload().getBytes(UTF_8));
  }

  @Test
  void concurrentInvocations_shareOneHandler_eachHasItsOwnLock() {
    List<Receipt> receipts = receipts(true);
    assertThat(receipts).extracting(Receipt::handler).containsOnly(receipts.get(0).handler());
    assertThat(receipts).allMatch(receipt -> receipt.id().equals(receipt.lock()));
    assertThat(receipts).extracting(Receipt::id).doesNotHaveDuplicates();
  }

  @Test
  void concurrentInvocations_onOneResource_runOneAtATime() {
    assertThat(receipts(false)).hasSize(CONCURRENCY).allMatch(Receipt::exclusive);
  }
}
