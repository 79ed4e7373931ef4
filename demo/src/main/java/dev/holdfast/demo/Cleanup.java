package dev.holdfast.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must not outlive the demo, whether it ends, fails or is interrupted by a signal.
 * Thread-safe.
 */
final class Cleanup implements AutoCloseable {
  private final Terminal terminal;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private Cleanup(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Cleans up when the JVM ends, where that has not been done before. */
  static Cleanup atExitAtLatest(Terminal terminal) {
    Cleanup cleanup = new Cleanup(terminal);
    Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "cleanup"));
    return cleanup;
  }

  synchronized <T extends AutoCloseable> T add(T thing) {
    open.push(thing);
    return thing;
  }

  /** Closes the newest first; what does not close keeps nothing else from being closed. */
  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable thing = open.pop();
      try {
        thing.close();
      } catch (Exception e) {
        terminal.complain("could not clean up " + thing + ": " + e.getMessage());
      }
    }
  }
}
