package dev.holdfast.demo.cloud;

import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lock.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/**
 * The sandboxes of one function, as many as its concurrency allows; one that ended is replaced.
 * Thread-safe.
 */
public final class FunctionPool {
  private final Function function;
  private final Sandboxes sandboxes;
  private final TimeSource time;
  private final BlockingQueue<NamedSandbox> free = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Handling> handlings = new ConcurrentLinkedQueue<>();

  /**
   * A pool without sandboxes.
   *
   * @param function the function
   * @param sandboxes where its sandboxes are started
   * @param time the clocks
   */
  public FunctionPool(Function function, Sandboxes sandboxes, TimeSource time) {
    this.function = function;
    this.sandboxes = sandboxes;
    this.time = time;
  }

  /**
   * Starts sandboxes, all at once.
   *
   * @param concurrency how many
   * @return completed when all are warm
   */
  public CompletableFuture<Void> start(int concurrency) {
    return CompletableFuture.allOf(
        IntStream.range(0, concurrency)
            .mapToObj(i -> Background.run("start-sandbox", this::add))
            .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * What was handled until now.
   *
   * @return every invocation that has ended
   */
  public List<Handling> handlings() {
    return List.copyOf(handlings);
  }

  NamedSandbox take() throws InterruptedException {
    return free.take();
  }

  InvocationResult invoke(NamedSandbox sandbox, String event, int deliveries) {
    Instant from = time.wall();
    InvocationResult result = sandbox.handle(event);
    handlings.add(new Handling(sandbox.name(), from, time.wall(), deliveries));
    return result;
  }

  void giveBack(NamedSandbox sandbox) {
    if (sandbox.isSpent()) {
      add();
    } else {
      free.add(sandbox);
    }
  }

  private void add() {
    free.add(sandboxes.start(function));
  }
}
