package dev.holdfast.lambda.internal.sqs;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests five concurrent messages of one order, each in an execution environment of its own. */
@Timeout(240)
class SqsContendedResourceTest {
  private static final int ENVIRONMENTS = 5;

  private final SimulatedTable table = SimulatedTable.named("locks");
  private final ExecutorService executor = Executors.newFixedThreadPool(ENVIRONMENTS);
  private final AtomicInteger active = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> processed = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void concurrentBatches_ofOneResource_runOneAtATimeWithoutFailures() throws Exception {
    List<Future<List<String>>> futures = new ArrayList<>();
    for (int i = 0; i < ENVIRONMENTS; i++) {
      int number = i;
      futures.add(executor.submit(() -> failedIds(number)));
    }
    for (Future<List<String>> future : futures) {
      assertThat(future.get()).isEmpty();
    }
    assertThat(processed).containsExactlyInAnyOrder("m-0", "m-1", "m-2", "m-3", "m-4");
  }

  private List<String> failedIds(int number) {
    TimeSource time = TimeSource.system();
    Guard guard =
        Guard.on(DynamoDbLockClient.create(table, "locks")).deduplicating(GuardFixture.DAY);
    return SqsBatchFixture.failedIds(
        guard.processBatch(
            SqsBatchFixture.event(message(number, "order-1")),
            TestContext.at(time).remainingTime(Duration.ofMinutes(5)),
            SQSMessage::getBody,
            (message, lease) -> process(message.getMessageId())));
  }

  /** Processes a message after the other environments have had their rejected attempts. */
  private void process(String message) {
    assertThat(active.incrementAndGet()).isEqualTo(1);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> table.counts().rejectedPuts() >= ENVIRONMENTS - 1);
    processed.add(message);
    active.decrementAndGet();
  }
}
