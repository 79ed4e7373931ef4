package dev.holdfast.benchmarks;

import java.lang.management.ManagementFactory;

/** Real time, and the time that a thread has had. */
final class BenchmarkClock {
  private BenchmarkClock() {}

  static double elapsedMillis() {
    return System.nanoTime() / 1e6;
  }

  /** Of the thread that asks. */
  static double threadCpuMillis() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
  }
}
