package dev.holdfast.lock.internal.engine;

/**
 * Interrupter of the thread that created it. It interrupts at most once, and only while the work is
 * running. Thread-safe.
 */
final class WorkInterrupter {
  private final Thread workerThread = Thread.currentThread();
  private boolean active = true;
  private boolean interrupted;

  synchronized void interrupt() {
    if (active && !interrupted) {
      interrupted = true;
      workerThread.interrupt();
    }
  }

  synchronized boolean hasInterrupted() {
    return interrupted;
  }

  /**
   * Ends the work. The worker thread calls it. An interrupt that the work has not consumed is
   * cleared, so that it does not affect later code.
   */
  synchronized void finish() {
    active = false;
    if (interrupted) {
      Thread.interrupted();
    }
  }
}
