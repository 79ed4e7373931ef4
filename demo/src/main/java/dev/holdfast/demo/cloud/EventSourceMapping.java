package dev.holdfast.demo.cloud;

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
 * Hands a queue's messages to a function as Lambda does: it receives for a free sandbox only,
 * deletes what succeeded and leaves the rest to the visibility time-out.
 */
public final class EventSourceMapping {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int BATCH_SIZE = 3;

  private final AtLeastOnceQueue queue;
  private final FunctionPool function;
  private final SqsEvents events;
  private volatile boolean stopped;

  /**
   * A mapping that does nothing yet.
   *
   * @param queue where messages come from
   * @param function where they go
   */
  public EventSourceMapping(AtLeastOnceQueue queue, FunctionPool function) {
    this.queue = queue;
    this.function = function;
    events = new SqsEvents(queue.arn());
  }

  /**
   * Starts polling.
   *
   * @param pollers how many batches are handled at once at most
   * @return completed after {@link #stop()}, or exceptionally when a poller fails
   */
  public CompletableFuture<Void> start(int pollers) {
    return CompletableFuture.allOf(
        IntStream.range(0, pollers)
            .mapToObj(i -> Background.run("poller-" + i, this::poll))
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Ends polling; batches that are being handled are finished. */
  public void stop() {
    stopped = true;
  }

  private void poll() throws InterruptedException {
    while (!stopped) {
      NamedSandbox sandbox = function.take();
      List<Message> batch = queue.receive(BATCH_SIZE, POLL);
      if (!batch.isEmpty()) {
        handle(sandbox, batch);
      }
      function.giveBack(sandbox);
    }
  }

  private void handle(NamedSandbox sandbox, List<Message> batch) {
    InvocationResult result = function.invoke(sandbox, events.json(batch), batch.size());
    if (result instanceof Response response) {
      Set<String> ids = batch.stream().map(Message::messageId).collect(Collectors.toSet());
      Set<String> failed = BatchResponse.failures(response.payload(), ids);
      batch.stream().filter(m -> !failed.contains(m.messageId())).forEach(queue::handled);
    }
  }
}
