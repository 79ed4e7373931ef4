package dev.holdfast.lock.internal.engine;

/**
 * Interrupts the thread that made it, once at most, and only while its work is going on.
 * Thread-safe.
 */
public final class WorkInterrupter {
  private final Thread workerThread = Thread.currentThread();
  private boolean active = true;
  private boolean interrupted;

  synchronized void interrupt() {
    if (active && !interrupted) {
      interrupted = true;
      workerThread.interrupt();
    }
  }

  public synchronized boolean hasInterrupted() {
    return interrupted;
  }

  /**
   * Ends the work, in its thread. An interrupt that the work did not take is taken back: it is not
   * for what comes after.
   */
  synchronized void finish() {
    active = false;
    if (interrupted) {
      Thread.interrupted();
    }
  }
}
