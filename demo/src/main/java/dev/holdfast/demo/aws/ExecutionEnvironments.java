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

/** All execution environments of a run, including those that have ended. Thread-safe. */
public final class ExecutionEnvironments implements AutoCloseable {
  private final TimeSource time;
  private final Map<String, AtomicInteger> counters = new ConcurrentHashMap<>();
  private final Map<String, ExecutionEnvironment> byName = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<WarmEnvironment> warmEnvironments =
      new ConcurrentLinkedQueue<>();
  private boolean closed;

  /**
   * Creates an empty collection.
   *
   * @param time the time source
   */
  public ExecutionEnvironments(TimeSource time) {
    this.time = time;
  }

  /** Starts an execution environment and returns it after its warm-up. */
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
   * Returns the output of the processes.
   *
   * @return the output by the name of the execution environment; empty after {@link #close()}
   */
  public Map<String, String> logs() {
    return byName.values().stream()
        .collect(Collectors.toMap(ExecutionEnvironment::name, ExecutionEnvironment::log));
  }

  /** Kills every process that still runs. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    byName.values().forEach(ExecutionEnvironment::close);
  }

  /**
   * Returns the lifetimes of all execution environments in the order in which they became ready.
   * Call it after {@link #close()}, because it waits until all processes have ended.
   *
   * @return the lifetimes
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
