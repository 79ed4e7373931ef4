package dev.holdfast.demo.aws;

import dev.holdfast.lock.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Every sandbox of a run, also those that have ended. Thread-safe. */
public final class ExecutionEnvironments implements AutoCloseable {
  private final TimeSource time;
  private final Map<String, AtomicInteger> counters = new ConcurrentHashMap<>();
  private final Map<String, ExecutionEnvironment> byName = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<WarmEnvironment> warmEnvironments =
      new ConcurrentLinkedQueue<>();
  private boolean closed;

  /**
   * No sandboxes yet.
   *
   * @param time the clocks
   */
  public ExecutionEnvironments(TimeSource time) {
    this.time = time;
  }

  /** Starts a sandbox and returns when it is warm. */
  ExecutionEnvironment start(DeployedFunction function) {
    int number =
        counters
            .computeIfAbsent(function.environmentNamePrefix(), prefix -> new AtomicInteger())
            .incrementAndGet();
    try {
      ExecutionEnvironment environment = launch(function, number);
      warmEnvironments.add(
          new WarmEnvironment(
              environment, environment.warmUp(function.warmUpEvent().apply(number))));
      return environment;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start an execution environment", e);
    }
  }

  private synchronized ExecutionEnvironment launch(DeployedFunction function, int number)
      throws IOException {
    if (closed) {
      throw new IllegalStateException("cannot start an execution environment: the run has ended");
    }
    ExecutionEnvironment environment = ExecutionEnvironment.start(function, number, time);
    byName.put(environment.name(), environment);
    return environment;
  }

  public ExecutionEnvironment get(String name) {
    ExecutionEnvironment environment = byName.get(name);
    if (environment == null) {
      throw new IllegalArgumentException("no execution environment has the name " + name);
    }
    return environment;
  }

  /**
   * What the processes wrote.
   *
   * @return the text by the sandbox's name; none after {@link #close()}
   */
  public Map<String, String> logs() {
    return byName.values().stream()
        .collect(Collectors.toMap(ExecutionEnvironment::name, ExecutionEnvironment::log));
  }

  /** Ends every process that still runs. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    byName.values().forEach(ExecutionEnvironment::close);
  }

  /**
   * The lives of all sandboxes, in the order in which they became warm.
   *
   * @return the lives; call it after {@link #close()}, since it waits for all ends
   */
  public List<EnvironmentLifetime> lifetimes() {
    return warmEnvironments.stream()
        .map(
            w ->
                new EnvironmentLifetime(
                    w.environment().name(), w.readyAt(), w.environment().terminatedAt()))
        .toList();
  }

  private record WarmEnvironment(ExecutionEnvironment environment, Instant readyAt) {}
}
