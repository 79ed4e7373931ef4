package dev.holdfast.demo.cloud;

import dev.holdfast.demo.words.Text;
import dev.holdfast.lambda.testkit.InvocationResult;
import dev.holdfast.lambda.testkit.InvocationResult.FunctionError;
import dev.holdfast.lambda.testkit.InvocationResult.Response;
import dev.holdfast.lambda.testkit.Sandbox;
import dev.holdfast.lock.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A sandbox with the name under which it appears in the ledger. Thread-safe. */
final class NamedSandbox implements AutoCloseable {
  private static final Duration WARM_UP_TIMEOUT = Duration.ofSeconds(60);

  private final String name;
  private final Sandbox sandbox;
  private final TimeSource time;
  private final CompletableFuture<Instant> end;
  private volatile boolean spent;

  private NamedSandbox(String name, Sandbox sandbox, TimeSource time) {
    this.name = name;
    this.sandbox = sandbox;
    this.time = time;
    end =
        ProcessHandle.of(sandbox.pid())
            .map(process -> process.onExit().thenApply(ended -> time.wall()))
            .orElseGet(() -> CompletableFuture.completedFuture(time.wall()));
  }

  static NamedSandbox start(Function function, int number, TimeSource time) throws IOException {
    String name = function.sandboxPrefix() + number;
    Sandbox sandbox = Sandbox.start(function.configuration().logStream(name), function.code());
    return new NamedSandbox(name, sandbox, time);
  }

  /** Eight cold JVMs on two cores would spend a time-out of 3 s on loading their classes. */
  Instant warmUp(String event) {
    InvocationResult result = sandbox.invoke(event, WARM_UP_TIMEOUT).join();
    if (result instanceof Response) {
      return time.wall();
    }
    throw new IllegalStateException(
        Text.of("%s failed its warm-up: %s; it wrote: %s", name, result, sandbox.log()));
  }

  String name() {
    return name;
  }

  InvocationResult handle(String event) {
    InvocationResult result = sandbox.invoke(event).join();
    spent = !(result instanceof Response || result instanceof FunctionError);
    return result;
  }

  /** Whether Lambda would send it nothing any more. */
  boolean isSpent() {
    return spent;
  }

  void freeze() {
    sandbox.freeze();
  }

  void thaw() {
    sandbox.thaw();
  }

  /** Kills the process as {@code kill -9} does, and waits for its end. */
  void kill() {
    sandbox.kill();
    end.join();
  }

  /** When the process ended; waits for it. */
  Instant end() {
    return end.join();
  }

  String log() {
    return sandbox.log();
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
