package dev.holdfast.lambda;

import static dev.holdfast.lambda.Batch.fifo;
import static dev.holdfast.lambda.Batch.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.holdfast.lambda.testkit.SqsMessage;
import dev.holdfast.lambda.testkit.TestContext;
import dev.holdfast.lock.TimeSource;
import dev.holdfast.lock.dynamodb.DynamoDbLocks;
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

/** Several messages at a time. Real clocks, with more time than anything here needs. */
@Timeout(240)
class ParallelBatchTest {
  private final TimeSource time = TimeSource.system();
  private final SimulatedTable table = SimulatedTable.named("locks");
  private final Guard guard =
      Guard.on(DynamoDbLocks.on(table, "locks").withTime(time))
          .time(time)
          .rememberingEvents(Bench.DAY)
          .parallelism(8);
  private final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();

  private List<String> run(MessageWork work, SqsMessage... messages) {
    return Batch.reported(
        guard.eachMessage(
            Batch.event(messages),
            TestContext.at(time).remaining(Duration.ofMinutes(10)),
            SQSMessage::getBody,
            work));
  }

  private static SqsMessage[] messages(int count, String resource) {
    SqsMessage[] messages = new SqsMessage[count];
    Arrays.setAll(messages, i -> message(i, resource.replace("?", Integer.toString(i))));
    return messages;
  }

  @Test
  void messages_areWorkedOnAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(8);
    assertThat(run((m, lease) -> together.await(), messages(16, "order-?"))).isEmpty();
  }

  @Test
  void ofOneHotResource_oneAtATime_andAllAreHandled() {
    AtomicInteger inside = new AtomicInteger();
    List<String> reported =
        run(
            (m, lease) -> {
              assertThat(inside.incrementAndGet()).isEqualTo(1);
              done.add(m.getMessageId());
              inside.decrementAndGet();
            },
            messages(20, "order-1"));
    assertThat(reported).isEmpty();
    assertThat(done).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void failures_areReportedInTheBatchsOrder_andNoOthers() {
    List<String> reported =
        run(
            (m, lease) -> {
              if (m.getMessageId().endsWith("3")) {
                throw new IllegalStateException("no " + m.getMessageId());
              }
            },
            messages(40, "order-?"));
    assertThat(reported).containsExactly("m-3", "m-13", "m-23", "m-33");
  }

  @Test
  void errors_areReported_andLoseNoNeighboursOutcome() {
    List<String> reported =
        run(
            (m, lease) -> {
              switch (m.getMessageId()) {
                case "m-1" -> throw new StackOverflowError("made up");
                case "m-2" -> throw new OutOfMemoryError("made up");
                case "m-5" -> endless(1);
                default -> done.add(m.getMessageId());
              }
            },
            messages(8, "order-?"));
    assertThat(reported).containsExactly("m-1", "m-2", "m-5");
    assertThat(done).containsExactlyInAnyOrder("m-0", "m-3", "m-4", "m-6", "m-7");
  }

  private static int endless(int depth) {
    return depth == 0 ? 0 : endless(depth + 1) + 1;
  }

  @Test
  void groupsOfAFifoQueue_keepTheirOrder_andStopByThemselves() {
    SqsMessage[] messages = new SqsMessage[60];
    Arrays.setAll(messages, i -> fifo(i, "group-" + i % 6, "group-" + i % 6));
    Map<String, List<String>> inOrder = new ConcurrentHashMap<>();
    List<String> reported =
        run(
            (m, lease) -> {
              if (m.getMessageId().equals("m-30")) {
                throw new IllegalStateException("no m-30");
              }
              inOrder.merge(m.getBody(), List.of(m.getMessageId()), ParallelBatchTest::joined);
            },
            messages);
    assertThat(reported).containsExactly("m-30", "m-36", "m-42", "m-48", "m-54");
    assertThat(inOrder.get("group-0")).containsExactly("m-0", "m-6", "m-12", "m-18", "m-24");
    assertThat(inOrder.get("group-1"))
        .containsExactly(
            "m-1", "m-7", "m-13", "m-19", "m-25", "m-31", "m-37", "m-43", "m-49", "m-55");
  }

  private static List<String> joined(List<String> earlier, List<String> later) {
    return Stream.concat(earlier.stream(), later.stream()).toList();
  }

  @Test
  void tableThatDoesNotAnswer_endsTheBatchForAll() {
    table.faults().every(Fault.DENIED);
    assertThat(run((m, lease) -> done.add(m.getMessageId()), messages(100, "order-?")))
        .hasSize(100);
    assertThat(done).isEmpty();
    assertThat(table.faults().injected(Fault.DENIED)).isLessThanOrEqualTo(8);
  }

  @Test
  void threads_areGoneWhenTheHandlerReturns_andHadTheCallersLogContext() {
    MDC.put("AWSRequestId", "request-1");
    Set<String> contexts = ConcurrentHashMap.newKeySet();
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    CyclicBarrier together = new CyclicBarrier(8);
    try {
      run(
          (m, lease) -> {
            contexts.add(MDC.get("AWSRequestId"));
            workers.add(Thread.currentThread());
            together.await();
          },
          messages(8, "order-?"));
    } finally {
      MDC.remove("AWSRequestId");
    }
    assertThat(contexts).containsExactly("request-1");
    assertThat(workers).hasSize(8).contains(Thread.currentThread());
    workers.remove(Thread.currentThread());
    assertThat(workers).allMatch(thread -> !thread.isAlive());
  }

  @Test
  void interruptedCaller_interruptsAll_andReportsWhatWasNotDone() {
    Thread caller = Thread.currentThread();
    CyclicBarrier together = new CyclicBarrier(8);
    List<String> reported =
        run(
            (m, lease) -> {
              together.await();
              if (Thread.currentThread() == caller) {
                caller.interrupt();
              } else {
                new CountDownLatch(1).await();
              }
            },
            messages(8, "order-?"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(reported).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65})
  void parallelism_outOfRange_isRefused(int messages) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.parallelism(messages))
        .withMessage("parallelism must be from 1 to 64, got " + messages);
  }

  @Test
  void handlerOfOneEvent_refusesIt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Report(guard))
        .withMessageContaining("leave Guard.parallelism away");
  }
}
