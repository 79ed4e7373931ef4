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

/** A managed instance: one JVM, one handler object, 16 invocations at once. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ManagedInstanceIT {
  private static final int AT_ONCE = 16;

  @AutoClose private static final LimitedDynamoDb dynamo = LimitedDynamoDb.start();

  /** What one invocation was about. */
  public record Order(String id, boolean together) {}

  /** What it came to. */
  public record Receipt(String id, String lock, String handler, boolean alone) {}

  /** The shared handler. Work that is to be done together waits until all are in it. */
  public static final class Ship extends LockedHandler<Order, Receipt> {
    private final CyclicBarrier all = new CyclicBarrier(AT_ONCE);
    private final AtomicInteger inside = new AtomicInteger();

    public Ship() {
      super(Guard.fromEnvironment());
    }

    @Override
    protected String resourceId(Order order) {
      return order.together() ? order.id() : "hot";
    }

    @Override
    protected Receipt handle(Order order, Lease lease, Context context)
        throws InterruptedException, BrokenBarrierException, TimeoutException {
      boolean alone = inside.incrementAndGet() == 1;
      if (order.together()) {
        all.await(60, TimeUnit.SECONDS);
      }
      inside.decrementAndGet();
      String handler = Integer.toString(System.identityHashCode(this));
      return new Receipt(order.id(), lease.name(), handler, alone);
    }
  }

  @AutoClose private static Sandbox sandbox;

  @BeforeAll
  static void start() throws IOException {
    FunctionConfiguration function =
        FunctionConfiguration.of(Ship.class.getName())
            .memoryMb(512)
            .timeout(Duration.ofSeconds(90))
            .endpoint(dynamo.endpoint())
            .environment("HOLDFAST_TABLE", "locks")
            .environment("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(AT_ONCE));
    sandbox = Sandbox.start(function, FunctionCode.ofThisJvm());
  }

  private static List<Receipt> receipts(boolean together) {
    List<CompletableFuture<InvocationResult>> results = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      results.add(sandbox.invoke("{\"id\":\"order-" + i + "\",\"together\":" + together + "}"));
    }
    return results.stream().map(result -> receipt(result.join())).toList();
  }

  private static Receipt receipt(InvocationResult result) {
    assertThat(result).as(sandbox.log()).isInstanceOf(Response.class);
    return JsonType.of(Receipt.class).read(((Response) result).payload().getBytes(UTF_8));
  }

  @Test
  void sixteenInvocations_shareOneHandler_andEachHasItsOwnLock() {
    List<Receipt> receipts = receipts(true);
    assertThat(receipts).extracting(Receipt::handler).containsOnly(receipts.get(0).handler());
    assertThat(receipts).allMatch(receipt -> receipt.id().equals(receipt.lock()));
    assertThat(receipts).extracting(Receipt::id).doesNotHaveDuplicates();
  }

  @Test
  void sixteenInvocations_onOneResource_workOneAfterTheOther() {
    assertThat(receipts(false)).hasSize(AT_ONCE).allMatch(Receipt::alone);
  }
}
