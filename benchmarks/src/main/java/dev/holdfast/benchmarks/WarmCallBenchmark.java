package dev.holdfast.benchmarks;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.LockClient;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Measures the CPU time of the calling thread for a guarded call in a warm JVM. It alternates these
 * calls with the same two requests without the guard, on the same client.
 */
final class WarmCallBenchmark {
  private static final String TABLE = "warm-locks";
  private static final int CALLS_PER_ROUND = 100;

  private final DynamoDbClient client;
  private final Guard guard;
  private int orderCount;

  private WarmCallBenchmark(DynamoDbClient client) {
    this.client = client;
    LockClient locks = DynamoDbLockClient.create(client, TABLE);
    this.guard = Guard.on(locks);
  }

  /** Measures after the same number of uncounted rounds, which warm up the JVM. */
  static String measure(LocalDynamoDb dynamo, int rounds) throws InterruptedException {
    dynamo.createLockTable(TABLE);
    try (DynamoDbClient client = dynamo.client()) {
      return new WarmCallBenchmark(client).measure(rounds);
    }
  }

  private String measure(int rounds) throws InterruptedException {
    alternate(rounds, new SampleStatistics(), new SampleStatistics());
    SampleStatistics baseline = new SampleStatistics();
    SampleStatistics guarded = new SampleStatistics();
    alternate(rounds, baseline, guarded);
    return String.format(
        Locale.ROOT,
        "| warm call, ms of CPU | two requests without the guard | guarded | difference |%n"
            + "|---|---|---|---|%n"
            + "| per call | %.3f | %.3f | %.3f |",
        baseline.median(),
        guarded.median(),
        guarded.median() - baseline.median());
  }

  private void alternate(int rounds, SampleStatistics baseline, SampleStatistics guarded)
      throws InterruptedException {
    for (int i = 0; i < rounds; i++) {
      baseline.add(measureBaseline());
      guarded.add(measureGuarded());
    }
  }

  /** Returns the CPU time per call. */
  private double measureBaseline() {
    double start = BenchmarkClock.threadCpuMillis();
    for (int i = 0; i < CALLS_PER_ROUND; i++) {
      Map<String, AttributeValue> key = Map.of("resource_id", AttributeValue.fromS(nextOrder()));
      client.putItem(r -> r.tableName(TABLE).item(key));
      client.deleteItem(r -> r.tableName(TABLE).key(key));
    }
    return (BenchmarkClock.threadCpuMillis() - start) / CALLS_PER_ROUND;
  }

  private double measureGuarded() throws InterruptedException {
    TestContext context = TestContext.at(TimeSource.system()).remainingTime(Duration.ofMinutes(10));
    double start = BenchmarkClock.threadCpuMillis();
    for (int i = 0; i < CALLS_PER_ROUND; i++) {
      guard.call(nextOrder(), context, lease -> "done");
    }
    return (BenchmarkClock.threadCpuMillis() - start) / CALLS_PER_ROUND;
  }

  private String nextOrder() {
    return "order-" + ++orderCount;
  }
}
