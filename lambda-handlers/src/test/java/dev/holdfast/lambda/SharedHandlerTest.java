package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.holdfast.lambda.testkit.InProcess;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.Lease;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
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

/** One handler object that 16 invocations share, as in a managed instance: what they send. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SharedHandlerTest {
  private static final int AT_ONCE = 16;

  private final SimulatedTable table = SimulatedTable.named("locks");
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final InProcess handler =
      InProcess.of(new Ship(Guard.on(DynamoDbLocks.on(table, "locks"))));

  private static final class Ship extends LockedHandler<String, String> {
    Ship(Guard guard) {
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

  private List<String> answers(IntFunction<String> order) throws Exception {
    List<Callable<String>> invocations = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      String event = "\"" + order.apply(i) + "\"";
      invocations.add(() -> handler.invoke(event, TestContext.at(TimeSource.system())));
    }
    List<String> answers = new ArrayList<>();
    for (Future<String> answer : threads.invokeAll(invocations)) {
      answers.add(answer.get());
    }
    return answers;
  }

  @Test
  void onResourcesOfTheirOwn_eachSendsTwoWrites() throws Exception {
    assertThat(answers(i -> "order-" + i)).hasSize(AT_ONCE).doesNotHaveDuplicates();
    assertThat(table.counts()).isEqualTo(counts());
  }

  /** They stand in line before any of them asks the table. */
  @Test
  void onOneResource_eachSendsTwoWrites_andNoneIsRefused() throws Exception {
    assertThat(answers(i -> "hot")).hasSize(AT_ONCE).containsOnly("\"hot\"");
    assertThat(table.counts()).isEqualTo(counts());
  }

  private static RequestCounts counts() {
    return new RequestCounts(AT_ONCE, AT_ONCE, 0, 0, 0, 2 * AT_ONCE);
  }
}
