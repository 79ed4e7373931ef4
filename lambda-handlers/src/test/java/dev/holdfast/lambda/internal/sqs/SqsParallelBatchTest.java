package dev.holdfast.lambda.internal.sqs;

import static dev.holdfast.lambda.fixtures.SqsBatchFixture.fifoMessage;
import static dev.holdfast.lambda.fixtures.SqsBatchFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.lambda.Guard;
import dev.holdfast.lambda.fixtures.GuardFixture;
import dev.holdfast.lambda.fixtures.SqsBatchFixture;
import dev.holdfast.lambda.model.SqsMessageHandler;
import dev.holdfast.lambda.model.SqsOptions;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLockClient;
import dev.holdfast.testkit.Fault;
import dev.holdfast.testkit.SimulatedTable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** Tests batches that process messages in parallel, on real clocks with ample remaining time. */
@Timeout(240)
class SqsParallelBatchTest {
  private final TimeSource time = TimeSource.system();
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final Guard guard =
      Guard.on(DynamoDbLockClient.create(table, "locks").withTimeSource(time))
          .timeSource(time)
          .deduplicating(GuardFixture.DAY);
  private final ConcurrentLinkedQueue<String> processed = new ConcurrentLinkedQueue<>();

  private List<String> run(SqsMessageHandler work, SqsMessage... messages) {
    return SqsBatchFixture.failedIds(
        guard.processBatch(
            SqsBatchFixture.event(messages),
            TestContext.at(time).remainingTime(Duration.ofMinutes(10)),
            SqsBatchFixture.IDS,
            work,
            SqsOptions.DEFAULT.parallelism(8)));
  }

  private static SqsMessage[] messages(int count, String resource) {
    SqsMessage[] messages = new SqsMessage[count];
    Arrays.setAll(messages, i -> message(i, resource.replace("?", Integer.toString(i))));
    return messages;
  }

  @Test
  void messages_ofDistinctResources_runInParallel() {
    CyclicBarrier barrier = new CyclicBarrier(8);
    assertThat(run((message, lease) -> barrier.await(), messages(16, "order-?"))).isEmpty();
  }

  @Test
  void messages_ofOneResource_runOneAtATime() {
    AtomicInteger active = new AtomicInteger();
    List<String> failedIds =
        run(
            (message, lease) -> {
              assertThat(active.incrementAndGet()).isEqualTo(1);
              processed.add(message.getMessageId());
              active.decrementAndGet();
            },
            messages(20, "order-1"));
    assertThat(failedIds).isEmpty();
    assertThat(processed).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void failures_areReportedInBatchOrder() {
    List<String> failedIds =
        run(
            (message, lease) -> {
              if (message.getMessageId().endsWith("3")) {
                throw new IllegalStateException("no " + message.getMessageId());
              }
            },
            messages(40, "order-?"));
    assertThat(failedIds).containsExactly("m-3", "m-13", "m-23", "m-33");
  }

  @Test
  void errors_areReported_othersKeepTheirOutcome() {
    List<String> failedIds =
        run(
            (message, lease) -> {
              switch (message.getMessageId()) {
                case "m-1" -> throw new StackOverflowError("simulated");
                case "m-2" -> throw new OutOfMemoryError("simulated");
                case "m-5" -> overflowStack(1);
                default -> processed.add(message.getMessageId());
              }
            },
            messages(8, "order-?"));
    assertThat(failedIds).containsExactly("m-1", "m-2", "m-5");
    assertThat(processed).containsExactlyInAnyOrder("m-0", "m-3", "m-4", "m-6", "m-7");
  }

  private static int overflowStack(int depth) {
    return depth == 0 ? 0 : overflowStack(depth + 1) + 1;
  }

  @Test
  void fifoGroups_keepTheirOrder_andStopIndependently() {
    SqsMessage[] messages = new SqsMessage[60];
    Arrays.setAll(messages, i -> fifoMessage(i, "group-" + i % 6, "group-" + i % 6));
    Map<String, List<String>> inOrder = new ConcurrentHashMap<>();
    List<String> failedIds =
        run(
            (message, lease) -> {
              if (message.getMessageId().equals("m-30")) {
                throw new IllegalStateException("no m-30");
              }
              inOrder.merge(
                  message.getBody(), List.of(message.getMessageId()), SqsParallelBatchTest::concat);
            },
            messages);
    assertThat(failedIds).containsExactly("m-30", "m-36", "m-42", "m-48", "m-54");
    assertThat(inOrder.get("group-0")).containsExactly("m-0", "m-6", "m-12", "m-18", "m-24");
    assertThat(inOrder.get("group-1"))
        .containsExactly(
            "m-1", "m-7", "m-13", "m-19", "m-25", "m-31", "m-37", "m-43", "m-49", "m-55");
  }

  private static List<String> concat(List<String> earlier, List<String> later) {
    return Stream.concat(earlier.stream(), later.stream()).toList();
  }

  @Test
  void accessDenied_endsTheBatchForAllThreads() {
    table.faults().always(Fault.DENIED);
    assertThat(
            run(
                (message, lease) -> processed.add(message.getMessageId()),
                messages(100, "order-?")))
        .hasSize(100);
    assertThat(processed).isEmpty();
    assertThat(table.faults().injectedCount(Fault.DENIED)).isLessThanOrEqualTo(8);
  }

  @Test
  void threads_afterReturn_areTerminated_andHadTheCallersLogContext() {
    MDC.put("AWSRequestId", "request-1");
    Set<String> contexts = ConcurrentHashMap.newKeySet();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CyclicBarrier barrier = new CyclicBarrier(8);
    try {
      run(
          (message, lease) -> {
            contexts.add(MDC.get("AWSRequestId"));
            threads.add(Thread.currentThread());
            barrier.await();
          },
          messages(8, "order-?"));
    } finally {
      MDC.remove("AWSRequestId");
    }
    assertThat(contexts).containsExactly("request-1");
    assertThat(threads).hasSize(8).contains(Thread.currentThread());
    threads.remove(Thread.currentThread());
    assertThat(threads).allMatch(thread -> !thread.isAlive());
  }

  @Test
  void interruptedCaller_interruptsAllThreads_andReportsUnprocessedMessages() {
    Thread caller = Thread.currentThread();
    CyclicBarrier barrier = new CyclicBarrier(8);
    List<String> failedIds =
        run(
            (message, lease) -> {
              barrier.await();
              if (Thread.currentThread() == caller) {
                caller.interrupt();
              } else {
                new CountDownLatch(1).await();
              }
            },
            messages(8, "order-?"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failedIds).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65})
  void parallelism_outOfRange_isRefused(int parallelism) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqsOptions.DEFAULT.parallelism(parallelism))
        .withMessage("parallelism must be from 1 to 64, got " + parallelism);
  }
}
