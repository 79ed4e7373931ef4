package dev.holdfast.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must not outlive the demo, whether it ends, fails or is interrupted by a signal.
 * Thread-safe.
 */
final class ResourceCloser implements AutoCloseable {
  private final Terminal terminal;
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  private ResourceCloser(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Cleans up when the JVM ends, where that has not been done before. */
  static ResourceCloser withShutdownHook(Terminal terminal) {
    ResourceCloser closer = new ResourceCloser(terminal);
    Runtime.getRuntime().addShutdownHook(new Thread(closer::close, "cleanup"));
    return closer;
  }

  synchronized <T extends AutoCloseable> T register(T resource) {
    resources.push(resource);
    return resource;
  }

  /** Closes the newest first; what does not close keeps nothing else from being closed. */
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
