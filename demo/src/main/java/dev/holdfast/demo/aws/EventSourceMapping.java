package dev.holdfast.demo.aws;

import dev.holdfast.demo.concurrent.BackgroundTasks;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Event source mapping that passes the messages of a queue to a function as Lambda does. It
 * receives messages only for an idle execution environment and deletes those that succeeded. Failed
 * messages become visible again after the visibility timeout.
 */
public final class EventSourceMapping {
  private static final Duration POLL_WAIT_TIME = Duration.ofSeconds(1);
  private static final int BATCH_SIZE = 3;

  private final AtLeastOnceQueue queue;
  private final FunctionPool function;
  private final SqsEventWriter eventWriter;
  private volatile boolean stopped;

  /**
   * Creates a mapping that does not poll yet.
   *
   * @param queue the source queue
   * @param function the target function
   */
  public EventSourceMapping(AtLeastOnceQueue queue, FunctionPool function) {
    this.queue = queue;
    this.function = function;
    eventWriter = new SqsEventWriter(queue.arn());
  }

  /**
   * Starts to poll.
   *
   * @param pollers the maximum number of batches that are processed at the same time
   * @return a future that completes after {@link #stop()}, or exceptionally if a poller fails
   */
  public CompletableFuture<Void> start(int pollers) {
    return CompletableFuture.allOf(
        IntStream.range(0, pollers)
            .mapToObj(i -> BackgroundTasks.run("poller-" + i, this::poll))
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Stops polling. Batches in progress are completed. */
  public void stop() {
    stopped = true;
  }

  private void poll() throws InterruptedException {
    while (!stopped) {
      ExecutionEnvironment environment = function.acquire();
      List<Message> batch = queue.receive(BATCH_SIZE, POLL_WAIT_TIME);
      if (!batch.isEmpty()) {
        process(environment, batch);
      }
      function.release(environment);
    }
  }

  private void process(ExecutionEnvironment environment, List<Message> batch) {
    InvocationResult result = function.invoke(environment, eventWriter.toJson(batch), batch.size());
    if (result instanceof Response response) {
      Set<String> ids = batch.stream().map(Message::messageId).collect(Collectors.toSet());
      Set<String> failed = BatchResponse.failedMessageIds(response.payload(), ids);
      batch.stream().filter(m -> !failed.contains(m.messageId())).forEach(queue::acknowledge);
    }
  }
}
