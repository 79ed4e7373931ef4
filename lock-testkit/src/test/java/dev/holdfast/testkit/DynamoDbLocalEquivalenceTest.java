package dev.holdfast.testkit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.local.LocalDynamoDb;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Sends the same random writes to the simulated table and to DynamoDB Local and compares each
 * reply. {@code -Dholdfast.equivalence.writes=100000} makes the run longer, and {@code
 * -Dholdfast.equivalence.seed=…} repeats a run.
 */
class DynamoDbLocalEquivalenceTest {
  private static final int WRITES = Integer.getInteger("holdfast.equivalence.writes", 1_000);
  private static final long SEED =
      Long.getLong("holdfast.equivalence.seed", new java.util.Random().nextLong());

  private static LocalDynamoDb server;

  @BeforeAll
  static void start() {
    server = LocalDynamoDb.start();
    server.createLockTable("locks");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void randomWrites_getSameRepliesFromBothTables() {
    Map<String, Integer> outcomes = new TreeMap<>();
    var simulated = SimulatedTable.named("locks");
    var writes = new RandomWriteGenerator(SEED);
    try (DynamoDbClient local = server.client()) {
      for (int i = 0; i < WRITES; i++) {
        String outcome = sendToBoth(writes, simulated, local);
        outcomes.merge(outcome, 1, Integer::sum);
      }
    }
    System.out.printf(
        "| writes with equal replies from DynamoDB Local and the simulated table, seed %d | %d | %s |%n",
        SEED, WRITES, outcomes);
    assertThat(outcomes).containsKeys("applied", "refused", "invalid");
  }

  private static String sendToBoth(
      RandomWriteGenerator writes, DynamoDbClient simulated, DynamoDbClient local) {
    Reply expected;
    Reply actual;
    Object request;
    if (writes.oneIn(4)) {
      var delete = writes.nextDelete();
      request = delete;
      expected = Reply.of(() -> local.deleteItem(delete).attributes());
      actual = Reply.of(() -> simulated.deleteItem(delete).attributes());
    } else {
      var put = writes.nextPut();
      request = put;
      expected = Reply.of(() -> local.putItem(put).attributes());
      actual = Reply.of(() -> simulated.putItem(put).attributes());
    }
    assertThat(actual).as("seed %d: %s", SEED, request).isEqualTo(expected);
    return expected.outcome();
  }

  /** Reply to one write: the outcome, the message and the returned row. */
  private record Reply(String outcome, String message, Map<String, AttributeValue> row) {
    private static final Pattern KEYS = Pattern.compile("(?<=keys: \\{)[^}]*");

    /**
     * Replaces the differences of DynamoDB Local. It prints the bounds of a BETWEEN as its own Java
     * objects, and unused keys in the order of the request.
     */
    private static String normalizeMessage(String message) {
      return KEYS.matcher(message.replaceFirst("; lower bound operand: .*", ""))
          .replaceAll(keys -> Stream.of(keys.group().split(", ")).sorted().collect(joining(", ")));
    }

    static Reply of(Supplier<Map<String, AttributeValue>> call) {
      try {
        return new Reply("applied", "", AttributeValues.normalize(call.get()));
      } catch (ConditionalCheckFailedException e) {
        return new Reply(
            "refused",
            e.awsErrorDetails().errorMessage() + e.hasItem(),
            AttributeValues.normalize(e.item()));
      } catch (DynamoDbException e) {
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
        return new Reply("invalid", normalizeMessage(e.awsErrorDetails().errorMessage()), Map.of());
      }
    }
  }
}
