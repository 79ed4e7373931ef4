package dev.holdfast.lock.internal.engine;

import java.util.Locale;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** Options of Lincheck. {@code -Dholdfast.lincheck.scenarios=100} checks more than the build. */
final class LincheckOptions {
  private static final int SCENARIOS = Integer.getInteger("holdfast.lincheck.scenarios", 2);
  private static final int INVOCATIONS_PER_SCENARIO = 100;

  private LincheckOptions() {}

  /** Returns options for scenarios of two calls by each thread, and one call after all threads. */
  static ModelCheckingOptions forThreads(int threads) {
    ModelCheckingOptions options = new ModelCheckingOptions();
    options.iterations(SCENARIOS).invocationsPerIteration(INVOCATIONS_PER_SCENARIO);
    options.threads(threads).actorsPerThread(2).actorsBefore(0).actorsAfter(1);
    return options;
  }

  /** Prints the scenarios and the outcome as a row of the table in {@code docs/evidence.md}. */
  static void printReport(Class<?> test, String subject, int threads, String outcome) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %,d | %,d | %s | `%s` |%n",
        subject,
        threads,
        SCENARIOS,
        INVOCATIONS_PER_SCENARIO,
        outcome,
        test.getSimpleName());
  }
}
