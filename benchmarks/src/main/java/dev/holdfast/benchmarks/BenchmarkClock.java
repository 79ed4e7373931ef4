package dev.holdfast.benchmarks;

import java.lang.management.ManagementFactory;

/** Reads the elapsed time and the CPU time of threads. */
final class BenchmarkClock {
  private BenchmarkClock() {}

  static double elapsedMillis() {
    return System.nanoTime() / 1e6;
  }

  /** Returns the CPU time of the current thread. */
  static double threadCpuMillis() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
  }
}
