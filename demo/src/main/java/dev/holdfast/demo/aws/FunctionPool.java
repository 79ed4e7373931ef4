package dev.holdfast.demo.aws;

import dev.holdfast.demo.concurrent.BackgroundTasks;
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
  private final DeployedFunction function;
  private final ExecutionEnvironments environments;
  private final TimeSource time;
  private final BlockingQueue<ExecutionEnvironment> idle = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<InvocationRecord> invocations = new ConcurrentLinkedQueue<>();

  /**
   * A pool without sandboxes.
   *
   * @param function the function
   * @param environments where its sandboxes are started
   * @param time the clocks
   */
  public FunctionPool(
      DeployedFunction function, ExecutionEnvironments environments, TimeSource time) {
    this.function = function;
    this.environments = environments;
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
            .mapToObj(i -> BackgroundTasks.run("start-environment", this::addEnvironment))
            .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * What was handled until now.
   *
   * @return every invocation that has ended
   */
  public List<InvocationRecord> invocations() {
    return List.copyOf(invocations);
  }

  ExecutionEnvironment acquire() throws InterruptedException {
    return idle.take();
  }

  InvocationResult invoke(ExecutionEnvironment environment, String event, int batchSize) {
    Instant startedAt = time.wallTime();
    InvocationResult result = environment.invoke(event);
    invocations.add(
        new InvocationRecord(environment.name(), startedAt, time.wallTime(), batchSize));
    return result;
  }

  void release(ExecutionEnvironment environment) {
    if (environment.isTerminated()) {
      addEnvironment();
    } else {
      idle.add(environment);
    }
  }

  private void addEnvironment() {
    idle.add(environments.start(function));
  }
}
