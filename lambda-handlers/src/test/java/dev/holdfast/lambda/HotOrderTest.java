package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
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

/** Five messages of one order that come at once, each to a sandbox of its own. */
@Timeout(240)
class HotOrderTest {
  private static final int SANDBOXES = 5;

  private final SimulatedTable table = SimulatedTable.named("locks");
  private final ExecutorService sandboxes = Executors.newFixedThreadPool(SANDBOXES);
  private final AtomicInteger inside = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    sandboxes.shutdownNow();
  }

  @Test
  void inFiveBatchesAtOnce_allAreDone_oneAtATime_andNoneGoesBack() throws Exception {
    List<Future<List<String>>> reports = new ArrayList<>();
    for (int i = 0; i < SANDBOXES; i++) {
      int number = i;
      reports.add(sandboxes.submit(() -> reported(number)));
    }
    for (Future<List<String>> report : reports) {
      assertThat(report.get()).isEmpty();
    }
    assertThat(done).containsExactlyInAnyOrder("m-0", "m-1", "m-2", "m-3", "m-4");
  }

  private List<String> reported(int number) {
    TimeSource time = TimeSource.system();
    Guard guard = Guard.on(DynamoDbLocks.on(table, "locks")).rememberingEvents(Bench.DAY);
    return Batch.reported(
        guard.eachMessage(
            Batch.event(message(number, "order-1")),
            TestContext.at(time).remaining(Duration.ofMinutes(5)),
            SQSMessage::getBody,
            (m, lease) -> work(m.getMessageId())));
  }

  /** The first works until all others have met it. */
  private void work(String message) {
    assertThat(inside.incrementAndGet()).isEqualTo(1);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> table.counts().refusedPuts() >= SANDBOXES - 1);
    done.add(message);
    inside.decrementAndGet();
  }
}
