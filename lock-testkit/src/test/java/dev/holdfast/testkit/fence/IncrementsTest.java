package dev.holdfast.testkit.fence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.local.LocalDynamoDb;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The same increments three ways. {@code -Dholdfast.fence.increments=1000000} makes it longer,
 * {@code -Dholdfast.fence.seed=…} repeats a run. The runs that must lose have a seed of their own,
 * by which they surely do, and a tenth of the increments or less is enough for that.
 */
class IncrementsTest {
  private static final int INCREMENTS = Integer.getInteger("holdfast.fence.increments", 100_000);
  private static final int INCREMENTS_THAT_LOSE = INCREMENTS / 10;
  private static final int INCREMENTS_ON_LOCAL = Math.min(2_000, INCREMENTS / 10);
  private static final int INCREMENTS_ON_LOCAL_THAT_LOSE = 300;
  private static final long SEED =
      Long.getLong("holdfast.fence.seed", new java.util.Random().nextLong());
  private static final long SEED_THAT_LOSES = 1;

  @Test
  void fenced_losesNothing() {
    assertNothingLost(run(new ItemTable("items"), Counting.FENCED, INCREMENTS));
  }

  @Test
  void withoutRaisingBeforeTheRead_loses() {
    assertSomeLost(run(new ItemTable("items"), Counting.NOT_NEWER_ALONE, INCREMENTS_THAT_LOSE));
  }

  @Test
  void unfenced_loses() {
    assertSomeLost(run(new ItemTable("items"), Counting.UNFENCED, INCREMENTS_THAT_LOSE));
  }

  @Test
  void onDynamoDbLocal_fencedLosesNothing_andTheOthersDo() {
    try (LocalDynamoDb server = LocalDynamoDb.start();
        DynamoDbClient client = server.client()) {
      server.createTable("items", "id", ScalarAttributeType.S);
      assertNothingLost(run(client, Counting.FENCED, INCREMENTS_ON_LOCAL));
      assertSomeLost(run(client, Counting.NOT_NEWER_ALONE, INCREMENTS_ON_LOCAL_THAT_LOSE));
      assertSomeLost(run(client, Counting.UNFENCED, INCREMENTS_ON_LOCAL_THAT_LOSE));
    }
  }

  private static Increments.Outcome run(DynamoDbClient items, Counting counting, int increments) {
    long seed = counting == Counting.FENCED ? SEED : SEED_THAT_LOSES;
    Increments.Outcome outcome = new Increments(items, counting, seed).until(increments);
    System.out.printf("increments: %s, seed %d: %s%n", counting, seed, outcome);
    assertThat(outcome.acknowledged()).isEqualTo(increments);
    return outcome;
  }

  private static void assertNothingLost(Increments.Outcome outcome) {
    assertThat(outcome.counted()).as("%s", outcome).isEqualTo(outcome.acknowledged());
    assertThat(outcome.refused()).as("stale writes were met").isPositive();
    assertThat(outcome.late()).as("late writes that were still in order were met").isPositive();
  }

  private static void assertSomeLost(Increments.Outcome outcome) {
    assertThat(outcome.counted()).as("%s", outcome).isLessThan(outcome.acknowledged());
  }
}
