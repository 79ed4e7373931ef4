package dev.holdfast.benchmarks;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.Locks;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
import dev.holdfast.testkit.local.LocalDynamoDb;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The processor time of the invoking thread for a guarded call in a warm JVM, beside that of the
 * two bare requests which it makes, on the same client, in turn.
 */
final class WarmCall {
  private static final String TABLE = "warm-locks";
  private static final int CALLS = 100;

  private final DynamoDbClient client;
  private final Guard guard;
  private int orders;

  private WarmCall(DynamoDbClient client) {
    this.client = client;
    Locks locks = DynamoDbLocks.on(client, TABLE);
    this.guard = Guard.on(locks);
  }

  /** As many rounds before these are not counted: the JVM warms up in them. */
  static String measure(LocalDynamoDb dynamo, int rounds) throws InterruptedException {
    dynamo.createLockTable(TABLE);
    try (DynamoDbClient client = dynamo.client()) {
      return new WarmCall(client).measure(rounds);
    }
  }

  private String measure(int rounds) throws InterruptedException {
    inTurn(rounds, new Sample(), new Sample());
    Sample bare = new Sample();
    Sample guarded = new Sample();
    inTurn(rounds, bare, guarded);
    return String.format(
        Locale.ROOT,
        "| warm call, ms of CPU | two bare requests | guarded | more |%n|---|---|---|---|%n"
            + "| per call | %.3f | %.3f | %.3f |",
        bare.median(),
        guarded.median(),
        guarded.median() - bare.median());
  }

  private void inTurn(int rounds, Sample bare, Sample guarded) throws InterruptedException {
    for (int i = 0; i < rounds; i++) {
      bare.add(bare());
      guarded.add(guarded());
    }
  }

  /** CPU per call. */
  private double bare() {
    double start = Clock.cpuMillis();
    for (int i = 0; i < CALLS; i++) {
      Map<String, AttributeValue> key = Map.of("resource_id", AttributeValue.fromS(order()));
      client.putItem(r -> r.tableName(TABLE).item(key));
      client.deleteItem(r -> r.tableName(TABLE).key(key));
    }
    return (Clock.cpuMillis() - start) / CALLS;
  }

  private double guarded() throws InterruptedException {
    TestContext context = TestContext.at(TimeSource.system()).remaining(Duration.ofMinutes(10));
    double start = Clock.cpuMillis();
    for (int i = 0; i < CALLS; i++) {
      guard.call(order(), context, lease -> "done");
    }
    return (Clock.cpuMillis() - start) / CALLS;
  }

  private String order() {
    return "order-" + ++orders;
  }
}
