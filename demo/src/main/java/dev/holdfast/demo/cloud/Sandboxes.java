package dev.holdfast.demo.cloud;

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
public final class Sandboxes implements AutoCloseable {
  private final TimeSource time;
  private final Map<String, AtomicInteger> numbers = new ConcurrentHashMap<>();
  private final Map<String, NamedSandbox> all = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Warm> warm = new ConcurrentLinkedQueue<>();
  private boolean closed;

  /**
   * No sandboxes yet.
   *
   * @param time the clocks
   */
  public Sandboxes(TimeSource time) {
    this.time = time;
  }

  /** Starts a sandbox and returns when it is warm. */
  NamedSandbox start(Function function) {
    int number =
        numbers
            .computeIfAbsent(function.sandboxPrefix(), prefix -> new AtomicInteger())
            .incrementAndGet();
    try {
      NamedSandbox sandbox = launch(function, number);
      warm.add(new Warm(sandbox, sandbox.warmUp(function.warmUp().apply(number))));
      return sandbox;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a sandbox", e);
    }
  }

  private synchronized NamedSandbox launch(Function function, int number) throws IOException {
    if (closed) {
      throw new IllegalStateException("no sandbox is started any more: the run is over");
    }
    NamedSandbox sandbox = NamedSandbox.start(function, number, time);
    all.put(sandbox.name(), sandbox);
    return sandbox;
  }

  NamedSandbox named(String name) {
    NamedSandbox sandbox = all.get(name);
    if (sandbox == null) {
      throw new IllegalArgumentException("no sandbox is called " + name);
    }
    return sandbox;
  }

  /**
   * What the processes wrote.
   *
   * @return the text by the sandbox's name; none after {@link #close()}
   */
  public Map<String, String> logs() {
    return all.values().stream().collect(Collectors.toMap(NamedSandbox::name, NamedSandbox::log));
  }

  /** Ends every process that still runs. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    all.values().forEach(NamedSandbox::close);
  }

  /**
   * The lives of all sandboxes, in the order in which they became warm.
   *
   * @return the lives; call it after {@link #close()}, since it waits for all ends
   */
  public List<SandboxLife> lives() {
    return warm.stream()
        .map(w -> new SandboxLife(w.sandbox().name(), w.since(), w.sandbox().end()))
        .toList();
  }

  private record Warm(NamedSandbox sandbox, Instant since) {}
}
