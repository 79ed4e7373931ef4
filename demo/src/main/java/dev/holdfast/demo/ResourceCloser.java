package dev.holdfast.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes registered resources when the demo ends, fails or receives a signal. Thread-safe. */
final class ResourceCloser implements AutoCloseable {
  private final Terminal terminal;
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  private ResourceCloser(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Creates a closer that also closes its resources when the JVM shuts down. */
  static ResourceCloser withShutdownHook(Terminal terminal) {
    ResourceCloser closer = new ResourceCloser(terminal);
    Runtime.getRuntime().addShutdownHook(new Thread(closer::close, "cleanup"));
    return closer;
  }

  synchronized <T extends AutoCloseable> T register(T resource) {
    resources.push(resource);
    return resource;
  }

  /**
   * Closes the resources, the newest first. A resource that fails to close does not prevent the
   * others from being closed.
   */
  @Override
  public synchronized void close() {
    while (!resources.isEmpty()) {
      AutoCloseable resource = resources.pop();
      try {
        resource.close();
      } catch (Exception e) {
        terminal.printError("cannot close " + resource + ": " + e.getMessage());
      }
    }
  }
}
