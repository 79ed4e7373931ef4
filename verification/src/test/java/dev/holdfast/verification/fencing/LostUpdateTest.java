package dev.holdfast.verification.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.local.LocalDynamoDb;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Tests the same increments with three strategies. {@code -Dholdfast.fence.increments=1000000}
 * makes a run longer, and {@code -Dholdfast.fence.seed=…} repeats a run. Runs that must lose
 * updates have a fixed seed with which they do, and at most a tenth of the increments.
 */
class LostUpdateTest {
  private static final int INCREMENTS = Integer.getInteger("holdfast.fence.increments", 5_000);
  private static final int UNFENCED_INCREMENTS = Math.max(2_000, INCREMENTS / 10);
  private static final int LOCAL_INCREMENTS = Math.min(2_000, INCREMENTS / 10);
  private static final int LOCAL_UNFENCED_INCREMENTS = 300;
  private static final long SEED =
      Long.getLong("holdfast.fence.seed", new java.util.Random().nextLong());
  private static final long UNFENCED_SEED = 1;

  @Test
  void fencedIncrements_loseNoUpdate() {
    assertNoLostUpdates(run(new InMemoryItemTable("items"), CounterStrategy.FENCED, INCREMENTS));
  }

  @Test
  void incrementsWithoutAdvance_loseUpdates() {
    assertLostUpdates(
        run(
            new InMemoryItemTable("items"),
            CounterStrategy.IF_NOT_NEWER_ONLY,
            UNFENCED_INCREMENTS));
  }

  @Test
  void unfencedIncrements_loseUpdates() {
    assertLostUpdates(
        run(new InMemoryItemTable("items"), CounterStrategy.UNFENCED, UNFENCED_INCREMENTS));
  }

  @Test
  void incrementsOnDynamoDbLocal_loseUpdates_onlyIfUnfenced() {
    try (LocalDynamoDb server = LocalDynamoDb.start();
        DynamoDbClient client = server.client()) {
      server.createTable("items", "id", ScalarAttributeType.S);
      assertNoLostUpdates(run(client, CounterStrategy.FENCED, LOCAL_INCREMENTS));
      assertLostUpdates(run(client, CounterStrategy.IF_NOT_NEWER_ONLY, LOCAL_UNFENCED_INCREMENTS));
      assertLostUpdates(run(client, CounterStrategy.UNFENCED, LOCAL_UNFENCED_INCREMENTS));
    }
  }

  private static IncrementSimulation.Outcome run(
      DynamoDbClient items, CounterStrategy strategy, int increments) {
    long seed = strategy == CounterStrategy.FENCED ? SEED : UNFENCED_SEED;
    IncrementSimulation.Outcome outcome =
        new IncrementSimulation(items, strategy, seed).run(increments);
    System.out.printf("increments: %s, seed %d: %s%n", strategy, seed, outcome);
    assertThat(outcome.acknowledged()).isEqualTo(increments);
    return outcome;
  }

  private static void assertNoLostUpdates(IncrementSimulation.Outcome outcome) {
    assertThat(outcome.finalCount()).as("%s", outcome).isEqualTo(outcome.acknowledged());
    assertThat(outcome.refused()).as("number of refused writes").isPositive();
    assertThat(outcome.expiredWrites())
        .as("number of accepted writes after lease expiry")
        .isPositive();
  }

  private static void assertLostUpdates(IncrementSimulation.Outcome outcome) {
    assertThat(outcome.finalCount()).as("%s", outcome).isLessThan(outcome.acknowledged());
  }
}
