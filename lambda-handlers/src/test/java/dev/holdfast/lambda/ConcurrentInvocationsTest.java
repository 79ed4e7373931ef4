package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.testkit.InProcessInvoker;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.RequestCounts;
import dev.holdfast.testkit.SimulatedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the requests of 16 invocations that share one handler, as in a managed instance. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ConcurrentInvocationsTest {
  private static final int CONCURRENCY = 16;

  private final SimulatedTable table = SimulatedTable.named("locks");
  private final ExecutorService threads = Executors.newFixedThreadPool(CONCURRENCY);
  private final InProcessInvoker handler =
      InProcessInvoker.of(new ShipHandler(Guard.on(DynamoDbLockClient.create(table, "locks"))));

  private static final class ShipHandler extends LockedHandler<String, String> {
    ShipHandler(Guard guard) {
      super(guard);
    }

    @Override
    protected String resourceId(String order) {
      return order;
    }

    @Override
    protected String handle(String order, Lease lease, Context context) {
      return lease.name();
    }
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private List<String> responses(IntFunction<String> order) throws Exception {
    List<Callable<String>> invocations = new ArrayList<>();
    for (int i = 0; i < CONCURRENCY; i++) {
      String event = "\"" + order.apply(i) + "\"";
      invocations.add(() -> handler.invoke(event, TestContext.at(TimeSource.system())));
    }
    List<String> responses = new ArrayList<>();
    for (Future<String> response : threads.invokeAll(invocations)) {
      responses.add(response.get());
    }
    return responses;
  }

  @Test
  void invocations_onDistinctResources_sendTwoWritesEach() throws Exception {
    assertThat(responses(i -> "order-" + i)).hasSize(CONCURRENCY).doesNotHaveDuplicates();
    assertThat(table.counts()).isEqualTo(expectedCounts());
  }

  /** Expects no rejected attempt, because only the head of the wait queue sends requests. */
  @Test
  void invocations_onOneResource_sendTwoWritesEachWithoutRejectedAttempt() throws Exception {
    assertThat(responses(i -> "hot")).hasSize(CONCURRENCY).containsOnly("\"hot\"");
    assertThat(table.counts()).isEqualTo(expectedCounts());
  }

  private static RequestCounts expectedCounts() {
    return new RequestCounts(CONCURRENCY, CONCURRENCY, 0, 0, 0, 2 * CONCURRENCY);
  }
}
