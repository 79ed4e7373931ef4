package dev.holdfast.demo.aws;

import dev.holdfast.demo.format.TextFormat;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.FunctionError;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.LocalExecutionEnvironment;
import dev.holdfast.lock.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Execution environment with the name that the ledger shows for it. Thread-safe. */
public final class ExecutionEnvironment implements AutoCloseable {
  private static final Duration WARM_UP_TIMEOUT = Duration.ofSeconds(60);

  private final String name;
  private final LocalExecutionEnvironment delegate;
  private final TimeSource time;
  private final CompletableFuture<Instant> terminatedAt;
  private volatile boolean terminated;

  private ExecutionEnvironment(String name, LocalExecutionEnvironment delegate, TimeSource time) {
    this.name = name;
    this.delegate = delegate;
    this.time = time;
    terminatedAt =
        ProcessHandle.of(delegate.pid())
            .map(process -> process.onExit().thenApply(ended -> time.wallTime()))
            .orElseGet(() -> CompletableFuture.completedFuture(time.wallTime()));
  }

  static ExecutionEnvironment start(DeployedFunction function, int number, TimeSource time)
      throws IOException {
    String name = function.environmentNamePrefix() + number;
    LocalExecutionEnvironment delegate =
        LocalExecutionEnvironment.start(function.configuration().logStream(name), function.code());
    return new ExecutionEnvironment(name, delegate, time);
  }

  /**
   * Processes one event with a long timeout. Eight JVMs that start on two cores would otherwise
   * spend a timeout of 3 s on class loading.
   */
  Instant warmUp(String event) {
    InvocationResult result = delegate.invoke(event, WARM_UP_TIMEOUT).join();
    if (result instanceof Response) {
      return time.wallTime();
    }
    throw new IllegalStateException(
        TextFormat.format("%s failed its warm-up: %s; it wrote: %s", name, result, delegate.log()));
  }

  String name() {
    return name;
  }

  InvocationResult invoke(String event) {
    InvocationResult result = delegate.invoke(event).join();
    terminated = !(result instanceof Response || result instanceof FunctionError);
    return result;
  }

  /** Returns whether Lambda would send no further event to this execution environment. */
  boolean isTerminated() {
    return terminated;
  }

  public void freeze() {
    delegate.freeze();
  }

  public void thaw() {
    delegate.thaw();
  }

  /** Kills the process as {@code kill -9} does, and waits until it has ended. */
  public void kill() {
    delegate.kill();
    terminatedAt.join();
  }

  /** Waits until the process has ended and returns the time of its end. */
  public Instant terminatedAt() {
    return terminatedAt.join();
  }

  String log() {
    return delegate.log();
  }

  @Override
  public void close() {
    delegate.close();
  }
}
