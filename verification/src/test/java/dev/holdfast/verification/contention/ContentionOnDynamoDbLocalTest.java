package dev.holdfast.verification.contention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Measures the cost of waiting on DynamoDB Local in real time. The scenarios run concurrently, each
 * with its own key. Fairness needs more handoffs than fit here, so {@link ContentionTest} tests it.
 * {@code -Dholdfast.contention.local=4x100,256x1000} sets the scenarios: the number of waiters and
 * the hold time in milliseconds.
 */
class ContentionOnDynamoDbLocalTest {
  private static final String SCENARIOS = System.getProperty("holdfast.contention.local", "4x100");
  private static final int MIN_MEASURED_ACQUISITIONS =
      Integer.getInteger("holdfast.contention.local.min", 60);
  private static final double MAX_REJECTED_PER_HANDOFF = 10;

  private record Scenario(int waiters, Duration hold) {
    static Scenario parse(String text) {
      String[] parts = text.split("x", 2);
      return new Scenario(Integer.parseInt(parts[0]), Duration.ofMillis(Long.parseLong(parts[1])));
    }
  }

  @Test
  void rejectedAttempts_withMoreWaiters_stayBounded() throws Exception {
    List<Scenario> scenarios = Arrays.stream(SCENARIOS.split(",")).map(Scenario::parse).toList();
    ExecutorService executor = Executors.newFixedThreadPool(scenarios.size());
    try (LocalDynamoDb server = LocalDynamoDb.start();
        DynamoDbClient client = server.client()) {
      server.createLockTable("locks");
      List<Future<ContentionStatistics>> running = new ArrayList<>();
      for (Scenario scenario : scenarios) {
        running.add(executor.submit(() -> measure(scenario, client)));
      }
      for (Future<ContentionStatistics> future : running) {
        ContentionStatistics statistics = future.get();
        assertThat(statistics.rejectedPerHandoff())
            .isPositive()
            .isLessThanOrEqualTo(MAX_REJECTED_PER_HANDOFF);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static ContentionStatistics measure(Scenario scenario, DynamoDbClient client)
      throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(scenario.waiters());
    try {
      return measure(scenario, client, executor);
    } finally {
      executor.shutdownNow();
    }
  }

  private static ContentionStatistics measure(
      Scenario scenario, DynamoDbClient client, ExecutorService executor) throws Exception {
    ContentionMeter meter = new ContentionMeter();
    TimeSource time = TimeSource.system();
    ConcurrentWaiters waiters =
        new ConcurrentWaiters("contention-" + scenario, scenario.hold(), time, meter);
    LatencyDynamoDbClient latencyClient =
        new LatencyDynamoDbClient(client, time, Duration.ZERO, meter);
    List<Future<Integer>> running = new ArrayList<>();
    int measured = Math.max(8 * scenario.waiters(), MIN_MEASURED_ACQUISITIONS);
    for (int i = 0; i < scenario.waiters(); i++) {
      LockClient lockClient = DynamoDbLockClient.create(latencyClient, "locks");
      running.add(
          executor.submit(
              () -> waiters.acquireRepeatedly(lockClient, 3 * scenario.waiters(), measured)));
    }
    List<Integer> acquisitions = acquisitionsPerWaiter(running);
    ContentionStatistics statistics =
        ContentionStatistics.create(
            meter, waiters, acquisitions, scenario.hold().plus(meter.roundTrip()));
    System.out.println(
        "DynamoDB Local, round trip "
            + meter.roundTrip().toNanos() / 1_000
            + " us: "
            + statistics.format(scenario.waiters(), scenario.hold()));
    return statistics;
  }

  private static List<Integer> acquisitionsPerWaiter(List<Future<Integer>> running)
      throws InterruptedException, ExecutionException {
    List<Integer> acquisitions = new ArrayList<>();
    for (Future<Integer> future : running) {
      acquisitions.add(future.get());
    }
    return acquisitions;
  }
}
