package dev.holdfast.lambda.internal.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.model.SqsOptions;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Compares the failures that generated batches report with a model. {@code
 * -Dholdfast.batches=100000} sets the number of batches.
 */
@Timeout(1_200)
class SqsBatchModelTest {
  private static final int BATCHES = Integer.getInteger("holdfast.batches", 2_000);
  private static final long SEED_MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final String STANDARD_QUEUE_ARN = "arn:aws:sqs:eu-central-1:123456789012:orders";

  private final List<String> differences = new ArrayList<>();
  private long messages;
  private long failures;
  private int parallelBatches;
  private int largest;

  @Test
  void generatedBatches_reportExactlyTheModelsFailures() {
    IntStream.rangeClosed(1, BATCHES).parallel().forEach(this::runBatch);
    System.out.printf(
        "%d batches, %d of them in parallel, the largest of %d; %d messages, %d failures, %d"
            + " differences%n",
        BATCHES, parallelBatches, largest, messages, failures, differences.size());
    assertThat(differences).isEmpty();
    assertThat(failures).as("number of failures").isGreaterThan(BATCHES);
    assertThat(parallelBatches).as("number of parallel batches").isGreaterThan(BATCHES / 3);
    assertThat(largest)
        .as("size of the largest batch, which is the limit of SQS")
        .isEqualTo(10_000);
  }

  private void runBatch(int seed) {
    GeneratedBatch batch = GeneratedBatch.of(seed);
    compare(seed, batch, batch.run());
  }

  private synchronized void compare(int seed, GeneratedBatch batch, List<String> failedIds) {
    List<String> expected = batch.expectedFailures();
    if (!failedIds.equals(expected) || !batch.processed.equals(batch.expectedProcessed())) {
      differences.add("seed " + seed + ": reported " + failedIds + ", expected " + expected);
    }
    messages += batch.messages.size();
    failures += expected.size();
    parallelBatches += batch.parallelism > 1 ? 1 : 0;
    largest = Math.max(largest, batch.messages.size());
  }

  /** Exception without a stack trace, because a run logs many thousands of them. */
  private static final class MessageFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MessageFailure(String id) {
      super("no " + id, null, false, false);
    }
  }

  /** Batch of messages, with the ids of those that fail. */
  private static final class GeneratedBatch {
    private final List<SQSMessage> messages = new ArrayList<>();
    private final Set<String> failingIds = new HashSet<>();
    private final Set<String> processed = ConcurrentHashMap.newKeySet();
    private final int parallelism;

    private GeneratedBatch(int parallelism) {
      this.parallelism = parallelism;
    }

    static GeneratedBatch of(int seed) {
      Random random = new Random(seed * SEED_MULTIPLIER);
      GeneratedBatch batch = new GeneratedBatch(random.nextBoolean() ? 1 : 2 + random.nextInt(63));
      boolean fifo = random.nextInt(3) == 0;
      int resources = 1 + random.nextInt(20);
      double failureRate = random.nextInt(4) == 0 ? 0 : random.nextDouble() / 2;
      int size = size(seed, random);
      for (int i = 0; i < size; i++) {
        boolean repeated = i > 0 && random.nextInt(30) == 0;
        String id = "m-" + (repeated ? random.nextInt(i) : i);
        String group = "g-" + random.nextInt(resources);
        batch.messages.add(fifo ? fifoMessage(id, group) : message(id, group, STANDARD_QUEUE_ARN));
        if (random.nextDouble() < failureRate) {
          batch.failingIds.add(id);
        }
      }
      return batch;
    }

    private static int size(int seed, Random random) {
      if (seed % 20_000 == 1_000) {
        return 10_000;
      }
      return 1 + random.nextInt(seed % 50 == 0 ? 300 : 10);
    }

    private static SQSMessage fifoMessage(String id, String group) {
      SQSMessage message = message(id, group, STANDARD_QUEUE_ARN + ".fifo");
      message.setAttributes(Map.of("MessageGroupId", group, "MessageDeduplicationId", id));
      return message;
    }

    private static SQSMessage message(String id, String resource, String queue) {
      SQSMessage message = new SQSMessage();
      message.setMessageId(id);
      message.setBody(resource);
      message.setEventSourceArn(queue);
      message.setAttributes(Map.of());
      return message;
    }

    List<String> run() {
      TimeSource time = TimeSource.system();
      Guard guard =
          Guard.on(
                  DynamoDbLockClient.create(SimulatedTable.named("locks"), "locks")
                      .withTimeSource(time))
              .timeSource(time);
      SQSEvent event = new SQSEvent();
      event.setRecords(messages);
      return SqsBatchFixture.failedIds(
          guard.processBatch(
              event,
              TestContext.at(time).remainingTime(Duration.ofMinutes(10)),
              SqsBatchFixture.IDS,
              (message, lease) -> process(message),
              SqsOptions.DEFAULT.parallelism(parallelism)));
    }

    private void process(SQSMessage message) {
      processed.add(message.getMessageId());
      if (failingIds.contains(message.getMessageId())) {
        throw new MessageFailure(message.getMessageId());
      }
    }

    /** Returns the ids that fail or follow a failed message of their group. */
    List<String> expectedFailures() {
      Set<String> started = expectedProcessed();
      return distinctMessages().stream()
          .map(SQSMessage::getMessageId)
          .filter(id -> failingIds.contains(id) || !started.contains(id))
          .toList();
    }

    /** Returns the ids that do not follow a failed message of their group. */
    Set<String> expectedProcessed() {
      Set<String> expected = new HashSet<>();
      Set<String> stoppedGroups = new HashSet<>();
      for (SQSMessage message : distinctMessages()) {
        String group = message.getAttributes().getOrDefault("MessageGroupId", "");
        if (stoppedGroups.contains(group)) {
          continue;
        }
        expected.add(message.getMessageId());
        if (!group.isEmpty() && failingIds.contains(message.getMessageId())) {
          stoppedGroups.add(group);
        }
      }
      return expected;
    }

    /** Returns the messages without repetitions, each at its first position. */
    private List<SQSMessage> distinctMessages() {
      Set<String> ids = new HashSet<>();
      return messages.stream().filter(message -> ids.add(message.getMessageId())).toList();
    }
  }
}
