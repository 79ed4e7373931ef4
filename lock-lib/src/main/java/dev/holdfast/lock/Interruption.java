package dev.holdfast.lock;

/**
 * Interrupts the thread that made it, once at most, and only while its work is going on.
 * Thread-safe.
 */
final class Interruption {
  private final Thread worker = Thread.currentThread();
  private boolean working = true;
  private boolean made;

  synchronized void make() {
    if (working && !made) {
      made = true;
      worker.interrupt();
    }
  }

  synchronized boolean isMade() {
    return made;
  }

  /**
   * Ends the work, in its thread. An interrupt that the work did not take is taken back: it is not
   * for what comes after.
   */
  synchronized void end() {
    working = false;
    if (made) {
      Thread.interrupted();
    }
  }
}
