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
 * Pool of the execution environments of one function, as many as its concurrency allows. The pool
 * replaces an execution environment that has ended. Thread-safe.
 */
public final class FunctionPool {
  private final DeployedFunction function;
  private final ExecutionEnvironments environments;
  private final TimeSource time;
  private final BlockingQueue<ExecutionEnvironment> idle = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<InvocationRecord> invocations = new ConcurrentLinkedQueue<>();

  /**
   * Creates an empty pool.
   *
   * @param function the function
   * @param environments starts the execution environments
   * @param time the time source
   */
  public FunctionPool(
      DeployedFunction function, ExecutionEnvironments environments, TimeSource time) {
    this.function = function;
    this.environments = environments;
    this.time = time;
  }

  /**
   * Starts execution environments in parallel.
   *
   * @param concurrency the number of execution environments
   * @return a future that completes when all of them are ready
   */
  public CompletableFuture<Void> start(int concurrency) {
    return CompletableFuture.allOf(
        IntStream.range(0, concurrency)
            .mapToObj(i -> BackgroundTasks.run("start-environment", this::addEnvironment))
            .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Returns the invocations that have ended.
   *
   * @return the invocations
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
