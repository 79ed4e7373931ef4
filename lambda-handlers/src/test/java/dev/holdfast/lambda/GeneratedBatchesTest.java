package dev.holdfast.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
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
 * What batches report, compared with a model that knows which messages fail: {@code
 * -Dholdfast.batches=100000} makes more of them.
 */
@Timeout(1_200)
class GeneratedBatchesTest {
  private static final int BATCHES = Integer.getInteger("holdfast.batches", 2_000);
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final String STANDARD = "arn:aws:sqs:eu-central-1:123456789012:orders";

  private final List<String> differences = new ArrayList<>();
  private long messages;
  private long failures;
  private int inParallel;
  private int largest;

  @Test
  void reports_areTheFailuresThatHappened_andNoOthers() {
    IntStream.rangeClosed(1, BATCHES).parallel().forEach(this::play);
    System.out.printf(
        "%d batches, %d of them in parallel, the largest of %d; %d messages, %d failures, %d"
            + " differences%n",
        BATCHES, inParallel, largest, messages, failures, differences.size());
    assertThat(differences).isEmpty();
    assertThat(failures).as("some failed").isGreaterThan(BATCHES);
    assertThat(inParallel).as("many were in parallel").isGreaterThan(BATCHES / 3);
    assertThat(largest).as("one was as large as SQS makes them").isEqualTo(10_000);
  }

  private void play(int seed) {
    Generated batch = Generated.of(seed);
    compare(seed, batch, batch.run());
  }

  private synchronized void compare(int seed, Generated batch, List<String> reported) {
    List<String> expected = batch.expected();
    if (!reported.equals(expected) || !batch.worked.equals(batch.expectedWorked())) {
      differences.add("seed " + seed + ": reported " + reported + ", expected " + expected);
    }
    messages += batch.messages.size();
    failures += expected.size();
    inParallel += batch.parallelism > 1 ? 1 : 0;
    largest = Math.max(largest, batch.messages.size());
  }

  /** Without a stack trace: many thousands of them would be logged. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String id) {
      super("no " + id, null, false, false);
    }
  }

  /** A batch, and which of its messages fail when they are worked on. */
  private static final class Generated {
    private final List<SQSMessage> messages = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> worked = ConcurrentHashMap.newKeySet();
    private final int parallelism;

    private Generated(int parallelism) {
      this.parallelism = parallelism;
    }

    static Generated of(int seed) {
      Random random = new Random(seed * SPREAD);
      Generated batch = new Generated(random.nextBoolean() ? 1 : 2 + random.nextInt(63));
      boolean fifo = random.nextInt(3) == 0;
      int resources = 1 + random.nextInt(20);
      double failing = random.nextInt(4) == 0 ? 0 : random.nextDouble() / 2;
      int size = size(seed, random);
      for (int i = 0; i < size; i++) {
        boolean again = i > 0 && random.nextInt(30) == 0;
        String id = "m-" + (again ? random.nextInt(i) : i);
        String group = "g-" + random.nextInt(resources);
        batch.messages.add(fifo ? inGroup(id, group) : message(id, group, STANDARD));
        if (random.nextDouble() < failing) {
          batch.broken.add(id);
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

    private static SQSMessage inGroup(String id, String group) {
      SQSMessage message = message(id, group, STANDARD + ".fifo");
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
          Guard.on(DynamoDbLocks.on(SimulatedTable.named("locks"), "locks").withTime(time))
              .time(time)
              .parallelism(parallelism);
      SQSEvent event = new SQSEvent();
      event.setRecords(messages);
      return Batch.reported(
          guard.eachMessage(
              event,
              TestContext.at(time).remaining(Duration.ofMinutes(10)),
              SQSMessage::getBody,
              (m, lease) -> work(m)));
    }

    private void work(SQSMessage message) {
      worked.add(message.getMessageId());
      if (broken.contains(message.getMessageId())) {
        throw new Broken(message.getMessageId());
      }
    }

    /** Those that fail, and all behind a failed one of their group. */
    List<String> expected() {
      Set<String> begun = expectedWorked();
      return once().stream()
          .map(SQSMessage::getMessageId)
          .filter(id -> broken.contains(id) || !begun.contains(id))
          .toList();
    }

    /** All but those behind a failed one of their group. */
    Set<String> expectedWorked() {
      Set<String> expected = new HashSet<>();
      Set<String> groupsStopped = new HashSet<>();
      for (SQSMessage message : once()) {
        String group = message.getAttributes().getOrDefault("MessageGroupId", "");
        if (groupsStopped.contains(group)) {
          continue;
        }
        expected.add(message.getMessageId());
        if (!group.isEmpty() && broken.contains(message.getMessageId())) {
          groupsStopped.add(group);
        }
      }
      return expected;
    }

    /** A message that is listed again is one message, where it stands first. */
    private List<SQSMessage> once() {
      Set<String> seen = new HashSet<>();
      return messages.stream().filter(m -> seen.add(m.getMessageId())).toList();
    }
  }
}
